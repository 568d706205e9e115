import { describe, expect, it } from "vitest";
import { spread, type Spot } from "./spread.ts";

const nearest = (spots: Spot[]) => Math.min(...spots.flatMap((one, index) => spots.slice(index + 1).map((other) => Math.hypot(one.x - other.x, one.y - other.y))));

describe("signs on a map", () => {
  it("stay where they are when they have room", () => {
    const spots = [{ x: 0, y: 0 }, { x: 40, y: 0 }, { x: 0, y: 40 }];
    expect(spread(spots, 30)).toEqual(spots);
  });
  it("are moved apart, also from the same spot, and stay near their place", () => {
    const spots = [{ x: 0, y: 0 }, { x: 0, y: 0 }, { x: 3, y: 10 }, { x: 8, y: 30 }, { x: 2, y: 55 }];
    const moved = spread(spots, 30);
    expect(nearest(moved)).toBeGreaterThan(29);
    for (const [index, spot] of spots.entries()) expect(Math.hypot((moved[index]?.x ?? 999) - spot.x, (moved[index]?.y ?? 999) - spot.y)).toBeLessThan(60);
    expect(spread(spots, 30)).toEqual(moved);
  });
});
