// Points on a photo: where they are, and how they move. Pure.
import { newId } from "../../../shared/newId.ts";
import type { Marker } from "@accid/api-client/waypoint";

const percent = (value: number) => Math.min(100, Math.max(0, Math.round(value * 100) / 100));

export interface Box { left: number; top: number; width: number; height: number }
/** Where a pointer is on a photo, in percent from the left and the top. */
export const pointIn = (box: Box, clientX: number, clientY: number): { x: number; y: number } =>
  (box.width > 0 && box.height > 0 ? { x: percent(((clientX - box.left) / box.width) * 100), y: percent(((clientY - box.top) / box.height) * 100) } : { x: 50, y: 50 });

const steps: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** An arrow key moves by half a percent, with Shift by five; null for other keys. */
export function movedBy(marker: Marker, key: string, large: boolean): Marker | null {
  const step = steps[key];
  const by = large ? 5 : 0.5;
  return step ? { ...marker, x: percent(marker.x + step[0] * by), y: percent(marker.y + step[1] * by) } : null;
}

/** Each point with an identity, as older files do not have it. */
export const identified = (markers: readonly Marker[]): (Marker & { id: string })[] => markers.map((marker, index) => ({ ...marker, id: marker.id || `old-${index}` }));

export const newMarker = (x: number, y: number): Marker & { id: string } => ({ id: newId(), x: percent(x), y: percent(y), label: "" });

/** What its sign shows: its own number, or its place in the list. */
export const numberOf = (marker: Marker, index: number) => marker.number ?? index + 1;

/** The largest size of a photo in a frame; whole pixels, so that points stand where they belong. */
export function fitIn(photo: { width: number; height: number }, frame: { width: number; height: number }): { width: number; height: number } {
  const scale = Math.min(frame.width / photo.width, frame.height / photo.height);
  return { width: Math.max(1, Math.round(photo.width * scale)), height: Math.max(1, Math.round(photo.height * scale)) };
}
