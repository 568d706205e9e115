// Local times with their offset from UTC, as photos carry them. Pure.
const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;

/** The same time of day so many seconds later; the offset stays. What is no time stays as it is. */
export function shiftedTime(at: string, seconds: number): string {
  const found = pattern.exec(at);
  if (!found) return at;
  const [, year, month, day, hour, minute, second = "00", offset = ""] = found;
  const moment = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) + seconds * 1000;
  return `${new Date(moment).toISOString().slice(0, 19)}${offset}`;
}

/** Puts a local time and an offset together; null when one of them is none. */
export function joinedTime(local: string, offset: string): string | null {
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local) ? `${local}:00` : local;
  const at = `${time}${offset.trim()}`;
  return pattern.test(at) && !Number.isNaN(Date.parse(time)) ? at : null;
}

/** The offset of an IANA zone at a local time, such as `-04:00`; empty when the zone is not known. */
export function offsetIn(zone: string, local: string): string {
  try {
    const asUtc = Date.parse(`${local.slice(0, 19)}Z`);
    if (Number.isNaN(asUtc)) return "";
    const read = (at: number) => {
      const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(at);
      const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "";
      return /GMT([+-]\d{2}:\d{2})/.exec(name)?.[1] ?? "+00:00";
    };
    const minutes = (offset: string) => (offset.startsWith("-") ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6)));
    // First as if the local time were UTC, then at the moment that makes it.
    return read(asUtc - minutes(read(asUtc)) * 60_000);
  } catch {
    return "";
  }
}
