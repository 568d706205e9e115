import { beforeEach, describe, expect, it } from "vitest";
import { canRedo, canUndo, forgetSteps, perform, redo, undo } from "./undo.ts";

describe("undo of what the program did", () => {
  let value = "";
  const add = (letter: string) => perform({ title: `Add ${letter}`, redo: async () => { value += letter; await Promise.resolve(); }, undo: async () => { value = value.slice(0, -1); await Promise.resolve(); } });
  beforeEach(() => { value = ""; forgetSteps(); });
  it("takes steps back and does them again, in order however fast they were asked for", async () => {
    await Promise.all([add("a"), add("b"), add("c")]);
    expect(value).toBe("abc");
    await Promise.all([undo(), undo(), redo()]);
    expect([value, canUndo(), canRedo()]).toEqual(["ab", true, true]);
    await add("x");
    expect([value, canRedo()]).toEqual(["abx", false]);
  });
  it("leaves nothing to undo of what failed, and keeps a step that could not be taken back", async () => {
    expect(await perform({ title: "Fail", redo: () => Promise.reject(new Error("no")), undo: () => Promise.resolve() })).toBe(false);
    expect(canUndo()).toBe(false);
    await perform({ title: "Once", redo: () => Promise.resolve(), undo: () => Promise.reject(new Error("away")) });
    await undo();
    expect([canUndo(), canRedo()]).toEqual([true, false]);
  });
});
