// Steps that survive a reload.
import type { ModuleDocument, PageView } from "@accid/api-client/types";
import { beforeEach, describe, expect, it } from "vitest";
import { fingerprint, followUndo, forgetUndoLists, keepUndoList, readUndoList } from "./keptUndo.ts";
import { change, createSession, redoStep, undoStep, type SessionStore } from "./session.ts";

const view = (modules: ModuleDocument[] = [], title = "Page") => ({ id: "p", slug: "p", title, path: "p.html", etag: "1", modules }) as unknown as PageView;
const retitle = (session: SessionStore, title: string) => change(session, (page) => ({ ...page, title }), { title: "Edit" });
const kept = () => Object.keys(localStorage).filter((key) => key.startsWith("accid.undo/"));

describe("undo after a reload", () => {
  beforeEach(() => localStorage.clear());

  it("goes on where it was, back and forth", () => {
    const first = createSession("demo", view());
    const end = followUndo(first);
    for (const title of ["One", "Two", "Three"]) retitle(first, title);
    undoStep(first);
    end();
    const second = createSession("demo", view([], "Two"));
    followUndo(second);
    undoStep(second);
    expect(second.getState().page.title).toBe("One");
    undoStep(second);
    expect(second.getState().page.title).toBe("Page");
    for (let step = 0; step < 3; step += 1) redoStep(second);
    expect(second.getState().page.title).toBe("Three");
  });

  it("is dropped when the page was changed elsewhere, or when nothing sensible is kept", () => {
    const session = createSession("demo", view());
    const end = followUndo(session);
    retitle(session, "One");
    end();
    expect(readUndoList("demo", "p", createSession("demo", view([], "Else")).getState().page)).toBeNull();
    expect(readUndoList("demo", "p", session.getState().page)?.done).toHaveLength(1);
    for (const broken of ["", "{", "null", '{"page":"x"}', `{"page":"${fingerprint(session.getState().page)}","done":[{"title":5}],"undone":[]}`]) {
      localStorage.setItem("accid.undo/demo/p", broken);
      expect(readUndoList("demo", "p", session.getState().page)).toBeNull();
    }
  });

  it("keeps the newest steps of the last pages within bounds", () => {
    const session = createSession("demo", view());
    for (let count = 0; count < 40; count += 1) retitle(session, `${count} ${"long ".repeat(4000)}`);
    const { undoList, page } = session.getState();
    for (let count = 0; count < 12; count += 1) keepUndoList("demo", `page${count}`, undoList, page, count + 1);
    expect(kept().length).toBeLessThanOrEqual(8);
    expect(kept()).toContain("accid.undo/demo/page11");
    const list = readUndoList("demo", "page11", page);
    expect(list?.done.length).toBeGreaterThan(3);
    expect(list?.done.length).toBeLessThan(40);
    expect(list?.done.at(-1)).toEqual(undoList.done.at(-1));
    forgetUndoLists();
    expect(kept()).toEqual([]);
  });

  it("knows a page by its content, not by the order of its fields", () => {
    const page = createSession("demo", view()).getState().page;
    const { title, ...rest } = page;
    expect(fingerprint({ ...rest, title })).toBe(fingerprint(page));
    expect(fingerprint({ ...page, title: "x" })).not.toBe(fingerprint(page));
  });
});
