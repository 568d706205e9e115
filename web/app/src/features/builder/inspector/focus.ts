// The point of a picture that stays in sight, in percent from the left and the top. Pure.
import type { Json } from "@accid/api-client/types";

export interface Point { x: number; y: number }

export const middle: Point = { x: 50, y: 50 };
export const isMiddle = ({ x, y }: Point) => x === 50 && y === 50;

const percent = (value: number) => Math.min(100, Math.max(0, Math.round(value)));

/** Reads a stored point; what is none is null. */
export function pointOf(value: Json | undefined): Point | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const { x, y } = value;
  return typeof x === "number" && typeof y === "number" ? { x: percent(x), y: percent(y) } : null;
}

/** Where a pointer is in a picture. */
export function placeIn(box: Pick<DOMRect, "left" | "top" | "width" | "height"> | null, clientX: number, clientY: number): Point {
  if (!box || box.width === 0 || box.height === 0) return middle;
  return { x: percent(((clientX - box.left) / box.width) * 100), y: percent(((clientY - box.top) / box.height) * 100) };
}

/** The point after a key; null when the key does not move it. */
export function movedBy({ x, y }: Point, key: string, step: number): Point | null {
  switch (key) {
    case "ArrowLeft": return { x: percent(x - step), y };
    case "ArrowRight": return { x: percent(x + step), y };
    case "ArrowUp": return { x, y: percent(y - step) };
    case "ArrowDown": return { x, y: percent(y + step) };
    case "Home": return middle;
    default: return null;
  }
}
