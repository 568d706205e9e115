// The builder's commands: each key means one thing, and those that need a chosen module say so.
import { describe, expect, it } from "vitest";
import { builderCommands } from "./builderCommands.ts";
import { builderKeys } from "./localKeys.ts";
import { createCanvasTools } from "./model/canvasTools.ts";
import type { Workbench } from "./model/context.tsx";
import { createSession } from "./model/session.ts";

const session = createSession("demo", { id: "p", slug: "index", title: "Home", path: "index.html", etag: "1", findings: [], modules: [] });
const workbench: Workbench = { session, saver: { flush: () => Promise.resolve(), follow: () => Promise.resolve(), apply: () => Promise.resolve(), resolve: () => Promise.resolve(), close: () => undefined }, types: [], canvas: createCanvasTools() };
const commands = builderCommands(workbench, { showPanel: () => undefined, togglePanel: () => undefined });
// Those of the features around the builder.
const others = ["Mod+k", "?", "Mod+s", "h", "p", "n", "Mod+Enter"];

describe("the builder's keys", () => {
  it("mean one thing each", () => {
    const keys = [...commands.flatMap((command) => [command.shortcut ?? []].flat()), ...others];
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it("have a twin for every move that the pointer can make", () => {
    const moves = commands.filter((command) => command.id.startsWith("move-"));
    expect(moves.map((command) => command.id)).toEqual(["move-up", "move-down", "move-in", "move-out", "move-first", "move-last"]);
    expect(moves.every((command) => command.shortcut && command.otherwise && !command.when?.())).toBe(true);
    expect(builderKeys.some((one) => one.shortcut.includes("Alt+ArrowUp"))).toBe(true);
  });
});
