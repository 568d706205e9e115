// Leaves out the points of a line that are not seen (Ramer, Douglas and Peucker), without recursion: a route may have a
// hundred thousand. Pure.
import type { Spot } from "./projection.ts";

function away(point: Spot, a: Spot, b: Spot): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.max(0, Math.min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / square));
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy);
}

/** The places in the list of those that stay; first and last always do. */
export function keptPoints(points: readonly Spot[], tolerance: number): number[] {
  if (points.length < 3) return points.map((_, index) => index);
  const keep = new Uint8Array(points.length);
  keep[0] = 1;
  keep[points.length - 1] = 1;
  const parts: [number, number][] = [[0, points.length - 1]];
  for (let part = parts.pop(); part; part = parts.pop()) {
    const [from, to] = part;
    let far = 0;
    let at = -1;
    for (let index = from + 1; index < to; index += 1) {
      const distance = away(points[index] as Spot, points[from] as Spot, points[to] as Spot);
      if (distance > far) { far = distance; at = index; }
    }
    if (far > tolerance) { keep[at] = 1; parts.push([from, at], [at, to]); }
  }
  return [...keep.keys()].filter((index) => keep[index] === 1);
}

export const thinned = (points: readonly Spot[], tolerance: number): Spot[] => keptPoints(points, tolerance).map((index) => points[index] as Spot);
