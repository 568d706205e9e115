// What of a map is seen: a scale and an offset, and how they change. Pure.
import type { Spot } from "./projection.ts";

/** A point of the map is seen at `x + k * its x`. */
export interface Seen { k: number; x: number; y: number }
export interface Size { width: number; height: number }

/** How far one may go in: so many pixels of the window for one of the map. */
export const nearest = 256;

/** The whole map in the middle of the window. */
export function fitted(map: Size, window: Size): Seen {
  const k = Math.min(window.width / map.width, window.height / map.height) || 1;
  return { k, x: (window.width - map.width * k) / 2, y: (window.height - map.height * k) / 2 };
}

/** Some points, with room around them. */
export function fittedTo(spots: Spot[], map: Size, window: Size, room = 60): Seen {
  if (spots.length === 0) return fitted(map, window);
  const xs = spots.map((spot) => spot.x);
  const ys = spots.map((spot) => spot.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const least = fitted(map, window).k;
  const wide = (window.width - 2 * room) / Math.max(right - left, 1e-9);
  const high = (window.height - 2 * room) / Math.max(bottom - top, 1e-9);
  const k = Math.max(least, Math.min(wide, high, least * 24));
  return held({ k, x: window.width / 2 - (k * (left + right)) / 2, y: window.height / 2 - (k * (top + bottom)) / 2 }, map, window);
}

/** Keeps the scale within its bounds, and the map in sight. */
export function held({ k, x, y }: Seen, map: Size, window: Size): Seen {
  const least = fitted(map, window).k;
  const scale = Math.min(Math.max(k, least * 0.8), Math.max(nearest, least));
  const within = (at: number, size: number, room: number) => {
    const margin = room / 2;
    return Math.min(margin, Math.max(room - size * scale - margin, at));
  };
  return { k: scale, x: within(x, map.width, window.width), y: within(y, map.height, window.height) };
}

/** In or out by a factor; the point of the window stays where it is. */
export function zoomed(seen: Seen, factor: number, at: Spot, map: Size, window: Size): Seen {
  const { k } = held({ ...seen, k: seen.k * factor }, map, window);
  const by = k / seen.k;
  return held({ k, x: at.x - (at.x - seen.x) * by, y: at.y - (at.y - seen.y) * by }, map, window);
}

export const panned = (seen: Seen, dx: number, dy: number, map: Size, window: Size): Seen => held({ ...seen, x: seen.x + dx, y: seen.y + dy }, map, window);
export const toWindow = (seen: Seen, spot: Spot): Spot => ({ x: seen.x + seen.k * spot.x, y: seen.y + seen.k * spot.y });
export const toMap = (seen: Seen, spot: Spot): Spot => ({ x: (spot.x - seen.x) / seen.k, y: (spot.y - seen.y) / seen.k });
