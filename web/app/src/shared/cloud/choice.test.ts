// What is chosen elsewhere, and what came of an import.
import { describe, expect, it } from "vitest";
import { chosenElsewhere, outcomeOf } from "./choice.ts";

describe("a choice", () => {
  it("tells what other folders hold of it", () => {
    expect(chosenElsewhere([], "")).toBe("");
    expect(chosenElsewhere(["/a.jpg", "/b.jpg"], "")).toBe("");
    expect(chosenElsewhere(["/Trip/a.jpg"], "/trip")).toBe("");
    expect(chosenElsewhere(["/a.jpg", "/b.jpg", "/c.jpg", "/Trip/d.jpg"], "")).toBe("4 pictures, 1 of them in another folder");
    expect(chosenElsewhere(["/a.jpg", "/Trip/b.jpg", "/Home/c.jpg"], "")).toBe("3 pictures, 2 of them in other folders");
    expect(chosenElsewhere(["/a.jpg"], "/Trip")).toBe("1 picture chosen in another folder");
  });
});

describe("the outcome of an import", () => {
  const known = { name: "a.jpg", reason: "a.jpg is here already.", photo: "1" };
  const bad = { name: "b.jpg", reason: "b.jpg is no picture." };
  it("tells what was here already from what could not be read", () => {
    expect(outcomeOf({ taken: 3, refused: [] }).sentence).toBe("");
    expect(outcomeOf({ taken: 0, refused: [known] })).toEqual({ sentence: "1 was here already.", failed: [] });
    expect(outcomeOf({ taken: 2, refused: [known, known, bad] })).toEqual({ sentence: "2 pictures taken in. 2 were here already. 1 could not be taken in:", failed: [bad] });
  });
});
