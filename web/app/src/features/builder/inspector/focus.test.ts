// The point of a picture that stays in sight.
import { describe, expect, it } from "vitest";
import { middle, movedBy, placeIn, pointOf } from "./focus.ts";

describe("the point that stays in sight", () => {
  it("is where the pointer is, and never outside the picture", () => {
    const box = { left: 100, top: 50, width: 200, height: 100 };
    expect(placeIn(box, 150, 75)).toEqual({ x: 25, y: 25 });
    expect(placeIn(box, 0, 500)).toEqual({ x: 0, y: 100 });
    expect(placeIn({ ...box, width: 0 }, 1, 1)).toEqual(middle);
  });

  it("moves by keys up to the edge", () => {
    expect(movedBy({ x: 99, y: 5 }, "ArrowRight", 10)).toEqual({ x: 100, y: 5 });
    expect(movedBy({ x: 99, y: 5 }, "ArrowUp", 1)).toEqual({ x: 99, y: 4 });
    expect(movedBy({ x: 99, y: 5 }, "Home", 1)).toEqual(middle);
    expect(movedBy({ x: 99, y: 5 }, "Enter", 1)).toBeNull();
  });

  it("is read from what is stored, and nothing else counts", () => {
    expect(pointOf({ x: 20.4, y: 180 })).toEqual({ x: 20, y: 100 });
    for (const bad of [undefined, null, [], "50", { x: 1 }]) expect(pointOf(bad as never)).toBeNull();
  });
});
