// For what the menu opens.
import type { PageView } from "@accid/api-client/types";
import { afterEach, expect, it } from "vitest";
import { closeMenu, openMenu, useMenu } from "./menu.ts";
import { chosenIds, createSession, selectMany } from "./session.ts";

const module = (id: string) => ({ id, type: "text", version: 1, props: {} });
const open = () => createSession("demo", { id: "p", slug: "p", title: "Page", path: "p.html", etag: "1", modules: ["a", "b", "c"].map(module) } as unknown as PageView);
afterEach(closeMenu);

it("is meant for the module under the pointer, or for all that are chosen with it", () => {
  const session = open();
  selectMany(session, ["a", "b"]);
  openMenu(session, "a", { x: 5, y: 6 });
  expect(chosenIds(session.getState())).toEqual(["a", "b"]);
  expect(useMenu.getState().at).toEqual({ x: 5, y: 6 });
  openMenu(session, "c", { x: 1, y: 1 });
  expect(chosenIds(session.getState())).toEqual(["c"]);
  openMenu(session, null, { x: 1, y: 1 });
  expect(chosenIds(session.getState())).toEqual([]);
});
