// Moving modules about.
import type { ModuleDocument, ModuleType } from "@accid/api-client/types";
import { describe, expect, it } from "vitest";
import { stepPlace } from "./edits.ts";
import { copyModule, findModule, flatten, insertModule, labelOf, moveModule, newId, placeOf, removeModule, toDocument } from "./tree.ts";

const module = (id: string, children?: ModuleDocument[]): ModuleDocument => ({ id, type: children ? "section" : "text", version: 1, props: { title: id }, ...(children ? { children } : {}) });
const tree = () => [module("a"), module("s", [module("b"), module("c")]), module("d")];
const shape = (modules: ModuleDocument[]) => flatten(modules).map((one) => "-".repeat(one.depth) + one.module.id).join(" ");
const nests = (one: ModuleDocument) => one.type === "section";

describe("the tree of modules", () => {
  it("moves within and between containers; the place counts with the module still there", () => {
    expect(shape(moveModule(tree(), "a", { parent: null, index: 2 }))).toBe("s -b -c a d");
    expect(shape(moveModule(tree(), "d", { parent: "s", index: 1 }))).toBe("a s -b -d -c");
    expect(shape(moveModule(tree(), "b", { parent: "s", index: 2 }))).toBe("a s -c -b d");
  });

  it("does not move a container into itself, and a move to the same place changes nothing", () => {
    const before = [module("s", [module("t", [module("b")])])];
    expect(moveModule(before, "s", { parent: "t", index: 0 })).toBe(before);
    expect(moveModule(before, "s", { parent: "s", index: 0 })).toBe(before);
    expect(moveModule(before, "s", { parent: null, index: 1 })).toBe(before);
  });

  it("steps up, down, in and out, and says when there is no way", () => {
    expect(stepPlace(tree(), "a", "up", nests)).toBeNull();
    expect(shape(moveModule(tree(), "a", stepPlace(tree(), "a", "down", nests) ?? { parent: null, index: 0 }))).toBe("s -b -c a d");
    expect(stepPlace(tree(), "d", "in", nests)).toEqual({ parent: "s", index: 2 });
    expect(stepPlace(tree(), "a", "in", nests)).toEqual({ parent: "s", index: 0 });
    expect(stepPlace(tree(), "c", "out", nests)).toEqual({ parent: null, index: 2 });
    expect(stepPlace(tree(), "d", "out", nests)).toBeNull();
  });

  it("copies with new ids throughout and without the anchor", () => {
    const copy = copyModule({ ...module("s", [module("b")]), anchor: "top" });
    expect(copy.anchor).toBeUndefined();
    expect([copy.id, copy.children?.[0]?.id]).not.toContain("s");
    expect(new Set([copy.id, copy.children?.[0]?.id]).size).toBe(2);
  });

  it("leaves no empty list behind and shares what did not change", () => {
    const before = tree();
    const after = removeModule(removeModule(before, "b"), "c");
    expect(findModule(after, "s")).not.toHaveProperty("children");
    expect(after[0]).toBe(before[0]);
    expect(placeOf(insertModule(after, { parent: "s", index: 0 }, module("n")), "n")).toEqual({ parent: "s", index: 0 });
  });

  it("makes ids that are UUIDs of version 7 and sort by time", () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(newId(1000) < newId(2000)).toBe(true);
  });

  it("names a module after its own words", () => {
    const rich = { ...module("x"), props: { doc: { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "Fair wind" }] }] } } };
    expect(labelOf(rich, undefined)).toBe("Fair wind");
    expect(labelOf({ ...module("x"), props: {} }, [{ type: "text", title: "Text" } as ModuleType])).toBe("Text");
  });

  it("takes from an answer only what is stored", () => {
    const document = toDocument({ id: "p", slug: "p", title: "P", path: "p.html", etag: "x", findings: [], mood: "calm", modules: [{ ...module("a"), order: 0 } as ModuleDocument] });
    expect(document).toEqual({ id: "p", slug: "p", title: "P", mood: "calm", modules: [module("a")] });
  });
});
