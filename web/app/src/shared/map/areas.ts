// Which map shows some places: their own part of the world, with room around it. Pure.
import { turned, type Place } from "./projection.ts";

export interface Bounds { west: number; south: number; east: number; north: number }

/** Where people live and sail, when there is no place to show. */
export const world: Bounds = { west: -180, south: -58, east: 180, north: 84 };

/** The narrowest box around places; it may cross the antimeridian, then east is beyond 180. */
export function boundsOf(places: Place[]): Bounds | null {
  if (places.length === 0) return null;
  const longitudes = [...new Set(places.map((place) => turned(place.lon)))].sort((a, b) => a - b);
  const lats = places.map((place) => place.lat);
  // The widest gap between neighbours lies outside the box.
  let gap = (longitudes[0] as number) + 360 - (longitudes[longitudes.length - 1] as number);
  let first = 0;
  for (let index = 1; index < longitudes.length; index += 1) {
    const between = (longitudes[index] as number) - (longitudes[index - 1] as number);
    if (between > gap) { gap = between; first = index; }
  }
  const west = longitudes[first] as number;
  const south = lats.reduce((least, lat) => Math.min(least, lat), 90);
  const north = lats.reduce((most, lat) => Math.max(most, lat), -90);
  return { west, south, east: west + 360 - gap, north };
}

/** A box with room on all sides, at least `least` degrees wide and high; the world when it is nearly that. Edges are
 * whole steps, so that the same places ask for the same map. */
export function roomy(bounds: Bounds, least = 0.6): Bounds {
  const wide = Math.max(bounds.east - bounds.west, least);
  const high = Math.max(bounds.north - bounds.south, least);
  const room = Math.max(wide, high) * 0.35;
  const grid = room > 3 ? 1 : 0.1;
  const down = (value: number) => Math.floor(value / grid) * grid;
  const up = (value: number) => Math.ceil(value / grid) * grid;
  const middle = { lon: (bounds.west + bounds.east) / 2, lat: (bounds.south + bounds.north) / 2 };
  if (wide + 2 * room > 200) return world;
  const round = (value: number) => Math.round(value * 10) / 10;
  let west = round(down(middle.lon - wide / 2 - room));
  let east = round(up(middle.lon + wide / 2 + room));
  if (west < -180) { west += 360; east += 360; }
  return {
    west, east,
    south: round(Math.max(-85, down(middle.lat - high / 2 - room))), north: round(Math.min(85, up(middle.lat + high / 2 + room))),
  };
}
