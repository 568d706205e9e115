// The compact list of all photos: read once, kept in memory, searched and filtered here. Pure.
import type { Index } from "@accid/api-client/waypoint";

export interface Row {
  id: string; name: string; title: string;
  /** Local time, such as `2026-03-01T14:05:00-04:00`; empty when unknown. */
  taken: string;
  day: string;
  width: number; height: number;
  lat: number | null; lon: number | null;
  rating: number; hidden: boolean; marked: boolean;
  camera: string; country: string; town: string; thumbhash: string;
}

const countries = (() => { try { return new Intl.DisplayNames(undefined, { type: "region" }); } catch { return null; } })();
/** The name of a country by its code; what is no code stays as it is. */
export function countryName(code: string): string {
  try { return /^[A-Z]{2}$/.test(code) ? countries?.of(code) ?? code : code; } catch { return code; }
}

const text = (value: unknown) => (typeof value === "string" ? value : "");
const numberOf = (value: unknown) => (typeof value === "number" ? value : null);

/** Flags are bits: 1 hidden, 2 with points on it. */
export function readIndex({ columns, rows }: Index): Row[] {
  const at = (name: string) => columns.indexOf(name);
  const [id, taken, width, height, lat, lon] = [at("id"), at("taken"), at("width"), at("height"), at("lat"), at("lon")] as const;
  const [rating, flags, camera, country, town, thumbhash, name, title] = [at("rating"), at("flags"), at("camera"), at("country"), at("town"), at("thumbhash"), at("name"), at("title")] as const;
  const names = new Map<string, string>();
  const named = (code: string) => { const known = names.get(code) ?? countryName(code); names.set(code, known); return known; };
  return rows.map((row): Row => {
    const when = text(row[taken]);
    const flag = numberOf(row[flags]) ?? 0;
    return {
      id: text(row[id]), name: text(row[name]), title: text(row[title]), taken: when, day: when.slice(0, 10),
      width: numberOf(row[width]) || 3, height: numberOf(row[height]) || 2, lat: numberOf(row[lat]), lon: numberOf(row[lon]),
      rating: numberOf(row[rating]) ?? 0, hidden: (flag & 1) === 1, marked: (flag & 2) === 2,
      camera: text(row[camera]), country: named(text(row[country])), town: text(row[town]), thumbhash: text(row[thumbhash]),
    };
  });
}

export interface Filter {
  q: string; from: string; to: string; country: string; town: string; camera: string; rating: number; album: string; place: "" | "none" | "any"; hidden: "" | "only" | "without";
  /** Only those that look alike, or were taken in a burst. */
  alike: boolean;
}
export const noFilter: Filter = { q: "", from: "", to: "", country: "", town: "", camera: "", rating: 0, album: "", place: "", hidden: "", alike: false };
export const isFiltered = (filter: Filter) => Object.entries(filter).some(([name, value]) => value !== noFilter[name as keyof Filter]);

/** The photos that fit. With an album they are in its order, else by time; those without a time come last. */
export function shownRows(rows: Row[], filter: Filter, album: readonly string[] | null): Row[] {
  const words = filter.q.toLowerCase().split(/\s+/).filter(Boolean);
  const { from, to, country, town, camera, rating, place, hidden } = filter;
  const fits = (row: Row) => (!country || row.country === country) && (!town || row.town === town) && (!camera || row.camera === camera) && row.rating >= rating
    && (!from || (row.day !== "" && row.day >= from)) && (!to || (row.day !== "" && row.day <= to))
    && (!place || (place === "none") === (row.lat === null)) && (!hidden || (hidden === "only") === row.hidden)
    && (words.length === 0 || words.every((word) => `${row.name} ${row.title} ${row.town} ${row.country} ${row.camera} ${row.day}`.toLowerCase().includes(word)));
  if (album) {
    const known = new Map(rows.map((row) => [row.id, row]));
    return album.flatMap((id) => { const row = known.get(id); return row && fits(row) ? [row] : []; });
  }
  return rows.filter(fits);
}

/** As the program puts them in order: by the moment, else by the local time; those without come last. */
export function byTime(rows: Row[]): Row[] {
  const moment = new Map(rows.map((row) => [row, row.taken ? Date.parse(row.taken) || Infinity : Infinity]));
  return [...rows].sort((a, b) => ((moment.get(a) as number) - (moment.get(b) as number) || 0) || a.name.localeCompare(b.name));
}
