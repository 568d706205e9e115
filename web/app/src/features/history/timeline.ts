// A long history in rows: days, and below each its versions. Pure.
import type { Timeline } from "@accid/api-client/types";
import { formatDay } from "../../shared/format.ts";

export const dayHeight = 34;
export const versionHeight = 74;
/** Versions that are fetched together. */
export const windowSize = 50;

export type Row = { top: number } & ({ kind: "day"; day: string; place: number } | { kind: "version"; place: number });

/** The version somebody looks at: its place from the newest on, and its time, by which it is found again. */
export interface Chosen { place: number; at: number }

/** The rows of a history, newest first, with where each of them begins. */
export function rowsOf(moments: number[], now = new Date()): Row[] {
  const rows: Row[] = [];
  let top = 0;
  let midnight = Infinity;
  for (const [place, at] of moments.entries()) {
    if (at * 1000 < midnight) {
      const day = new Date(at * 1000);
      midnight = new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime();
      rows.push({ kind: "day", day: formatDay(day.toISOString(), now), place, top });
      top += dayHeight;
    }
    rows.push({ kind: "version", place, top });
    top += versionHeight;
  }
  return rows;
}

export const heightOf = (rows: Row[]) => {
  const last = rows.at(-1);
  return last ? last.top + (last.kind === "day" ? dayHeight : versionHeight) : 0;
};

/** The number of the row that lies at this height. */
export function rowAt(rows: Row[], height: number): number {
  let [low, high] = [0, rows.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((rows[middle]?.top ?? 0) <= height) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** The place of the chosen version now: newer ones may have come before it. */
export function placeOf(moments: number[], chosen: Chosen | null): number {
  // The newest version is today; what one comes for is older.
  if (!chosen) return Math.min(1, moments.length - 1);
  if (moments[chosen.place] === chosen.at) return chosen.place;
  const found = moments.indexOf(chosen.at);
  return found >= 0 ? found : Math.min(chosen.place, moments.length - 1);
}

/** The place from which the day before or after that of this version begins. */
export function otherDay(moments: number[], place: number, towards: "older" | "newer"): number {
  const dayOf = (at: number) => new Date((moments[at] ?? 0) * 1000).toDateString();
  const step = towards === "older" ? 1 : -1;
  let at = place;
  while (at + step >= 0 && at + step < moments.length && dayOf(at + step) === dayOf(place)) at += step;
  return Math.max(0, Math.min(moments.length - 1, at + step));
}

/** How many versions fall into each of so many equal parts of the time line, oldest first, as shares of the most. */
export function density(timeline: Timeline, parts: number): number[] {
  const { moments } = timeline;
  const counts = new Array<number>(parts).fill(0);
  const [newest, oldest] = [moments[0] ?? 0, moments.at(-1) ?? 0];
  const span = Math.max(1, newest - oldest);
  for (const at of moments) {
    const part = Math.min(parts - 1, Math.floor(((at - oldest) / span) * parts));
    counts[part] = (counts[part] ?? 0) + 1;
  }
  const most = Math.max(1, ...counts);
  return counts.map((count) => count / most);
}

/** Where on the time line, from 0 (oldest) to 1, a moment is. */
export function shareOf(moments: number[], at: number): number {
  const [newest, oldest] = [moments[0] ?? 0, moments.at(-1) ?? 0];
  return newest === oldest ? 1 : (at - oldest) / (newest - oldest);
}

/** The version nearest to a share of the time line. */
export function placeAt(moments: number[], share: number): number {
  const [newest, oldest] = [moments[0] ?? 0, moments.at(-1) ?? 0];
  const wanted = oldest + share * (newest - oldest);
  let [low, high] = [0, moments.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((moments[middle] ?? 0) > wanted) low = middle + 1;
    else high = middle;
  }
  const [here, before] = [moments[low] ?? 0, moments[low - 1]];
  return before !== undefined && before - wanted < wanted - here ? low - 1 : low;
}
