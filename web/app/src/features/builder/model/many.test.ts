// Operations on several modules at once.
import type { ModuleDocument, ModuleType } from "@accid/api-client/types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deleteChosen, duplicateChosen, moveSelected, unwrapChosen, wrapChosen } from "./edits.ts";
import { commonParent, duplicateModules, moveModules, outermost, rangeBetween, removeModules, unwrapModules, wrapModules } from "./many.ts";
import { chosenIds, createSession, extendTo, select, selectMany, toggleChosen, undoStep } from "./session.ts";
import { flatten } from "./tree.ts";

const module = (id: string, children?: ModuleDocument[]): ModuleDocument => ({ id, type: children ? "section" : "text", version: 1, props: {}, ...(children ? { children } : {}) });
const tree = () => [module("a"), module("s", [module("b"), module("c"), module("r", [module("d")])]), module("e"), module("f")];
const shape = (modules: ModuleDocument[]) => flatten(modules).map(({ module: one, depth }) => "-".repeat(depth) + one.id).join(" ");
const open = () => createSession("demo", { id: "p", slug: "p", title: "Page", path: "p.html", etag: "1", modules: tree() });
const section = { type: "section", title: "Section", version: 1, nests: true, schema: {}, example: {} } as unknown as ModuleType;
const types = [section];

describe("several modules", () => {
  it("go as their outermost, in the order of the page", () => {
    expect(outermost(tree(), ["e", "d", "s"]).map((one) => one.id)).toEqual(["s", "e"]);
    expect(commonParent(tree(), ["b", "c"])).toBe("s");
    expect(commonParent(tree(), ["a", "f"])).toBeNull();
    expect(commonParent(tree(), ["a", "b"])).toBeUndefined();
    expect(rangeBetween(["a", "b", "c"], "c", "b")).toEqual(["b", "c"]);
  });

  it("move together to where the line was, and never into themselves", () => {
    expect(shape(moveModules(tree(), ["a", "f"], { parent: "s", index: 1 }))).toBe("s -b -a -f -c -r --d e");
    expect(shape(moveModules(tree(), ["a", "e"], { parent: null, index: 4 }))).toBe("s -b -c -r --d f a e");
    expect(shape(moveModules(tree(), ["b", "r"], { parent: "s", index: 2 }))).toBe("a s -c -b -r --d e f");
    const same = tree();
    expect(moveModules(same, ["s", "a"], { parent: "r", index: 0 })).toBe(same);
    expect(moveModules(same, ["e", "f"], { parent: null, index: 3 })).toBe(same);
  });

  it("are wrapped, freed, copied and removed", () => {
    const wrapped = wrapModules(tree(), ["a", "e"], module("w"));
    expect(shape(wrapped)).toBe("w -a -e s -b -c -r --d f");
    expect(shape(unwrapModules(wrapped, ["w"]).modules)).toBe("a e s -b -c -r --d f");
    expect(unwrapModules(tree(), ["a"]).freed).toEqual([]);
    expect(shape(removeModules(tree(), ["b", "c", "r"]))).toBe("a s e f");
    const { modules, copies } = duplicateModules(tree(), ["e", "f"]);
    expect(modules.slice(-2).map((one) => one.id)).toEqual(copies);
    expect(duplicateModules(tree(), ["a", "b"]).modules[1]?.id).not.toBe("s");
  });

  it("keep every module once, whatever is moved where", () => {
    const ids = flatten(tree()).map((row) => row.module.id);
    fc.assert(fc.property(fc.subarray(ids, { minLength: 1 }), fc.constantFrom(null, "s", "r"), fc.nat(4), (chosen, parent, index) => {
      const after = flatten(moveModules(tree(), chosen, { parent, index })).map((row) => row.module.id);
      expect([...after].sort()).toEqual([...ids].sort());
    }));
  });
});

describe("choosing several", () => {
  it("adds, takes away and extends, and one plain choice ends it", () => {
    const session = open();
    const order = ["a", "s", "b", "c", "r", "d", "e", "f"];
    select(session, "a");
    toggleChosen(session, "e");
    expect(chosenIds(session.getState())).toEqual(["a", "e"]);
    toggleChosen(session, "a");
    expect(chosenIds(session.getState())).toEqual(["e"]);
    extendTo(session, order, "c");
    expect(chosenIds(session.getState())).toEqual(["e", "d", "r", "c"]);
    extendTo(session, order, "f");
    expect(chosenIds(session.getState())).toEqual(["e", "f"]);
    select(session, "f");
    expect(chosenIds(session.getState())).toEqual(["f"]);
  });

  it("makes one step of each operation, which one undo takes back", () => {
    for (const act of [
      deleteChosen, duplicateChosen, (one: ReturnType<typeof open>) => wrapChosen(one, section), unwrapChosen,
      (one: ReturnType<typeof open>) => moveSelected(one, "last", types), (one: ReturnType<typeof open>) => moveSelected(one, "first", types),
    ]) {
      const session = open();
      selectMany(session, ["s", "e"]);
      act(session);
      expect(session.getState().undoList.done, act.toString()).toHaveLength(1);
      undoStep(session);
      expect(shape(session.getState().page.modules)).toBe(shape(tree()));
    }
  });

  it("moves as one block, and in and out of the section beside it", () => {
    const session = open();
    selectMany(session, ["e", "f"]);
    moveSelected(session, "up", types);
    expect(shape(session.getState().page.modules)).toBe("a e f s -b -c -r --d");
    moveSelected(session, "in", types);
    expect(shape(session.getState().page.modules)).toBe("a s -e -f -b -c -r --d");
    moveSelected(session, "down", types);
    expect(shape(session.getState().page.modules)).toBe("a s -b -e -f -c -r --d");
    moveSelected(session, "out", types);
    expect(shape(session.getState().page.modules)).toBe("a s -b -c -r --d e f");
    expect(chosenIds(session.getState())).toEqual(["e", "f"]);
  });
});
