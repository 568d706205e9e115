// The difference of two documents leads from one to the other, and back.
import type { Json } from "@accid/api-client/types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyPatch, diff, isEqual, PatchError, share } from "./patch.ts";

const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
const item = fc.record({ id: fc.constantFrom("a", "b", "c", "d", "e"), text: fc.string({ maxLength: 3 }) });
const list = fc.uniqueArray(item, { selector: (one) => one.id }) as unknown as fc.Arbitrary<Json>;

describe("diff and applyPatch", () => {
  it("lead from any document to any other and back", () => {
    fc.assert(fc.property(json, json, (before, after) => {
      expect(isEqual(applyPatch(before, diff(before, after)), after)).toBe(true);
      expect(isEqual(applyPatch(after, diff(after, before)), before)).toBe(true);
    }), { numRuns: 1000 });
  });

  it("follow things with an id when they move", () => {
    fc.assert(fc.property(list, list, (before, after) => {
      expect(applyPatch({ modules: before }, diff({ modules: before }, { modules: after }))).toEqual({ modules: after });
    }), { numRuns: 1000 });
    const swap = diff([{ id: "a", text: "long text" }, { id: "b" }], [{ id: "b" }, { id: "a", text: "long text" }]);
    expect(swap).toEqual([{ op: "move", from: "/1", path: "/0" }]);
  });

  it("say one changed field in one operation, with its key escaped", () => {
    expect(diff({ a: { "x/y~z": 1, b: [1, 2] } }, { a: { "x/y~z": 2, b: [1, 2] } })).toEqual([{ op: "replace", path: "/a/x~1y~0z", value: 2 }]);
  });

  it("leave the document alone and refuse what does not fit", () => {
    const before = { list: [1, 2] };
    expect(() => applyPatch(before, [{ op: "replace", path: "/list/7", value: 1 }])).toThrow(PatchError);
    expect(() => applyPatch(before, [{ op: "remove", path: "/nothing" }])).toThrow(PatchError);
    expect(() => applyPatch(before, [{ op: "test", path: "/list/0", value: 9 }])).toThrow(PatchError);
    expect(before).toEqual({ list: [1, 2] });
  });
});

describe("share", () => {
  it("changes nothing, and gives the very object that is known where it is equal", () => {
    fc.assert(fc.property(json, json, (next, known) => {
      expect(isEqual(share(next, known), next)).toBe(true);
      expect(share(structuredClone(known), known)).toBe(known);
    }), { numRuns: 300 });
  });

  it("finds things with an id where they went", () => {
    const known = { modules: [{ id: "a", props: { text: "A" } }, { id: "b", props: { text: "B" } }] };
    const shared = share({ modules: [{ id: "b", props: { text: "B" } }, { id: "a", props: { text: "new" } }] }, known) as typeof known;
    expect(shared.modules[0]).toBe(known.modules[1]);
    expect(shared.modules[1]).toEqual({ id: "a", props: { text: "new" } });
  });
});
