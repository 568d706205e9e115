import { describe, expect, it } from "vitest";
import { linePoints, roundTop } from "./chart.ts";

describe("the chart", () => {
  it("draws the newest sample at the right edge and the highest value at the top", () => {
    expect(linePoints([0, 50, 100], 5, { width: 100, height: 40 }, 100)).toBe("50,40 75,20 100,0");
    expect(linePoints([], 5, { width: 100, height: 40 }, 100)).toBe("");
    expect(linePoints([500], 5, { width: 100, height: 40 }, 100)).toBe("100,0");
  });
  it("ends at a round number", () => {
    expect([[3], [12], [120, 7], []].map((samples) => roundTop(samples, 10))).toEqual([10, 20, 200, 10]);
  });
});
