import { describe, expect, it } from "vitest";
import { fitIn, identified, movedBy, newMarker, numberOf, pointIn } from "./markers.ts";

const box = { left: 100, top: 50, width: 400, height: 200 };

describe("points on a photo", () => {
  it("stand where they were put, at any size, and never beside the photo", () => {
    expect([pointIn(box, 200, 150), pointIn(box, 90, 400), pointIn({ ...box, width: 0 }, 0, 0)]).toEqual([{ x: 25, y: 50 }, { x: 0, y: 100 }, { x: 50, y: 50 }]);
    for (const width of [320, 777, 1280, 1999, 2560]) expect(pointIn({ left: 0, top: 0, width, height: width / 2 }, width * 0.333, width * 0.25)).toEqual({ x: 33.3, y: 50 });
  });
  it("move by half a percent, far with Shift, and stop at the edge", () => {
    const marker = newMarker(99.8, 1);
    expect([movedBy(marker, "ArrowRight", false)?.x, movedBy(marker, "ArrowLeft", false)?.x, movedBy(marker, "ArrowUp", true)?.y, movedBy(marker, "ArrowDown", true)?.y, movedBy(marker, "x", false)]).toEqual([100, 99.3, 0, 6, null]);
  });
  it("have a number and an identity each, of older files too", () => {
    const all = identified([{ x: 1, y: 1 }, { id: "a", x: 2, y: 2, number: 7 }]);
    expect(new Set(all.map((one) => one.id)).size).toBe(2);
    expect(all.map(numberOf)).toEqual([1, 7]);
  });
  it("lie over the whole of a photo that is fitted into its frame by whole pixels", () => {
    expect([fitIn({ width: 4000, height: 3000 }, { width: 1000, height: 500 }), fitIn({ width: 3000, height: 4000 }, { width: 300, height: 900 })]).toEqual([{ width: 667, height: 500 }, { width: 300, height: 400 }]);
  });
});
