import { describe, expect, it } from "vitest";
import { density, heightOf, otherDay, placeAt, placeOf, rowAt, rowsOf, shareOf, windowSize } from "./timeline.ts";

const day = 86_400;
const noon = Math.floor(new Date(2026, 2, 10, 12).getTime() / 1000);
/** Two versions a day, newest first. */
const moments = Array.from({ length: 20 }, (_, index) => noon - Math.floor(index / 2) * day - (index % 2) * 3600);

describe("a long history", () => {
  it("has a row for each day and each version", () => {
    const rows = rowsOf(moments, new Date(2026, 2, 10, 13));
    expect(rows.length).toBe(30);
    expect(rows.slice(0, 4).map((row) => (row.kind === "day" ? row.day : row.place))).toEqual(["Today", 0, 1, "Yesterday"]);
    expect(heightOf(rows)).toBe(10 * 34 + 20 * 74);
    for (const [index, row] of rows.entries()) expect(rowAt(rows, row.top + 1)).toBe(index);
    expect(heightOf(rowsOf([]))).toBe(0);
  });

  it("finds the chosen version again when newer ones have come", () => {
    const chosen = { place: 3, at: moments[3] ?? 0 };
    expect(placeOf(moments, chosen)).toBe(3);
    expect(placeOf([noon + 60, noon + 30, ...moments], chosen)).toBe(5);
    expect(placeOf(moments, null)).toBe(1);
    expect(placeOf([noon], null)).toBe(0);
  });

  it("goes from day to day and stops at its ends", () => {
    expect(otherDay(moments, 0, "older")).toBe(2);
    expect(otherDay(moments, 5, "newer")).toBe(3);
    expect(otherDay(moments, 19, "older")).toBe(19);
    expect(otherDay(moments, 0, "newer")).toBe(0);
  });

  it("lies on a line of time, dense where much was done", () => {
    for (const [place, at] of moments.entries()) expect(placeAt(moments, shareOf(moments, at))).toBe(place);
    expect([placeAt(moments, 0), placeAt(moments, 1)]).toEqual([19, 0]);
    const shares = density({ moments: [100, 99, 98, 0], marked: [] }, 10);
    expect([shares[0], shares[9], shares[5]]).toEqual([1 / 3, 1, 0]);
    expect(windowSize).toBeGreaterThan(10);
  });

  it("is laid out at once with ten thousand versions", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => noon - index * 1800);
    const rows = rowsOf(many);
    expect(rows.length).toBeGreaterThan(10_200);
    expect(rowAt(rows, heightOf(rows))).toBe(rows.length - 1);
  });
});
