// Days, times, coordinates and distances as people read them. Pure.
const months = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const shortDays = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** A day such as `2026-03-01`; what is none is told as such. */
export function dayInWords(day: string, short = false): string {
  const key = short ? day : `${day}+`;
  const known = told.get(key);
  if (known !== undefined) return known;
  if (told.size > 5000) told.clear();
  const words = written(day, short);
  told.set(key, words);
  return words;
}

// The same days are told again and again while one scrolls.
const told = new Map<string, string>();

function written(day: string, short: boolean): string {
  const at = Date.parse(`${day}T12:00:00Z`);
  return Number.isNaN(at) ? "Without a date" : (short ? shortDays : months).format(at);
}

/** The local time of `2026-03-01T14:05:00-04:00`: 14:05. */
export const timeInWords = (taken: string) => taken.slice(11, 16);

export function offsetOf(taken: string): string {
  const found = /([+-]\d{2}:\d{2}|Z)$/.exec(taken)?.[1] ?? "";
  return found === "Z" ? "+00:00" : found;
}

/** A difference of time, such as `+1 h 3 min` or `−12 s`. */
export function differenceInWords(seconds: number): string {
  const all = Math.abs(Math.round(seconds));
  const parts = [[Math.floor(all / 86_400), "d"], [Math.floor((all % 86_400) / 3600), "h"], [Math.floor((all % 3600) / 60), "min"], [all % 60, "s"]] as const;
  const told = parts.filter(([count]) => count > 0).slice(0, 2).map(([count, unit]) => `${count} ${unit}`).join(" ");
  return told ? `${seconds < 0 ? "−" : "+"}${told}` : "0 s";
}

const earth = 6_371_008.8;
const radians = Math.PI / 180;

/** Metres along the sphere. */
export function metresBetween(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const [dLat, dLon] = [((b.lat - a.lat) * radians) / 2, ((b.lon - a.lon) * radians) / 2];
  const h = Math.sin(dLat) ** 2 + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * Math.sin(dLon) ** 2;
  return 2 * earth * Math.asin(Math.min(1, Math.sqrt(h)));
}

export const distanceInWords = (metres: number) => (metres < 1000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(metres < 10_000 ? 1 : 0)} km`);
