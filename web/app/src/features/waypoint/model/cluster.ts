// Gathers what would overlap on a map into one sign: a grid of squares over the map, so that the same view always shows the
// same signs. Everything in a square belongs to its sign, what lies at one and the same place too. Pure.
import type { Spot } from "../../../shared/map/projection.ts";

export interface Placed extends Spot { id: string }
export interface Cluster extends Spot { key: string; ids: string[] }

/** Points are in the pixels of the map, `cell` too. */
export function gather(points: readonly Placed[], cell: number): Cluster[] {
  const squares = new Map<string, { x: number; y: number; ids: string[] }>();
  for (const point of points) {
    const key = `${Math.floor(point.x / cell)} ${Math.floor(point.y / cell)}`;
    const square = squares.get(key);
    if (square) { square.x += point.x; square.y += point.y; square.ids.push(point.id); } else squares.set(key, { x: point.x, y: point.y, ids: [point.id] });
  }
  const found = [...squares].map(([key, { x, y, ids }]): Cluster => ({ key, ids, x: x / ids.length, y: y / ids.length }));
  return joined(found, cell);
}

/** Signs on either side of a square's edge may still touch: the smaller joins the larger. */
function joined(found: Cluster[], cell: number): Cluster[] {
  const largest = [...found].sort((a, b) => b.ids.length - a.ids.length || a.key.localeCompare(b.key));
  const byCell = new Map<string, Cluster[]>();
  const kept: Cluster[] = [];
  for (const one of largest) {
    const [cx, cy] = [Math.floor(one.x / cell), Math.floor(one.y / cell)];
    let near: Cluster | undefined;
    for (let dx = -1; dx <= 1 && !near; dx += 1) {
      for (let dy = -1; dy <= 1 && !near; dy += 1) near = byCell.get(`${cx + dx} ${cy + dy}`)?.find((other) => Math.hypot(other.x - one.x, other.y - one.y) < cell * 0.7);
    }
    if (near) { near.ids.push(...one.ids); continue; }
    const copy = { ...one, ids: [...one.ids] };
    kept.push(copy);
    const key = `${cx} ${cy}`;
    byCell.set(key, [...byCell.get(key) ?? [], copy]);
  }
  return kept;
}
