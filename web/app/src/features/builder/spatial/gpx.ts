// Routes in a GPX file, with no more points than a map of a page shows. Pure but for the browser's own reader of XML.
import type { RoutePoint } from "@accid/api-client/types";
import { keptPoints } from "../../../shared/map/simplify.ts";
import { rounded } from "./spatial.ts";

/** Bends smaller than so many degrees, about thirty metres, are left out. */
const finest = 0.0003;
const most = 500;

function pointsOf(part: Element, name: string): RoutePoint[] {
  let day = "";
  const all = [...part.getElementsByTagNameNS("*", name)].flatMap((point): RoutePoint[] => {
    const [lat, lon] = [Number(point.getAttribute("lat") ?? NaN), Number(point.getAttribute("lon") ?? NaN)];
    if (!(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) return [];
    const today = /^\d{4}-\d{2}-\d{2}/.exec(point.getElementsByTagNameNS("*", "time")[0]?.textContent?.trim() ?? "")?.[0] ?? "";
    const isNew = today !== "" && today !== day;
    if (isNew) day = today;
    return [{ ...rounded({ lat, lon }), ...(isNew ? { date: today } : {}) }];
  });
  const narrow = Math.cos(((all[0]?.lat ?? 0) * Math.PI) / 180);
  const spots = all.map((point) => ({ x: (point.lon ?? 0) * narrow, y: point.lat ?? 0 }));
  let kept = keptPoints(spots, finest);
  for (let tolerance = finest * 2; kept.length > most; tolerance *= 2) kept = keptPoints(spots, tolerance);
  // A day begins where it begins, even on a straight line.
  const wanted = new Set([...kept, ...all.flatMap((point, index) => (point.date ? [index] : []))]);
  return all.filter((_, index) => wanted.has(index));
}

/** The tracks and routes of the file; none when it is no GPX. */
export function routesIn(text: string, name: string): { name: string; points: RoutePoint[] }[] {
  const root = new DOMParser().parseFromString(text, "application/xml").documentElement;
  if (root.localName !== "gpx") return [];
  const parts = [["trk", "trkpt"], ["rte", "rtept"]].flatMap(([part = "", point = ""]) => [...root.getElementsByTagNameNS("*", part)].map((one) => ({ title: [...one.children].find((child) => child.localName === "name")?.textContent?.trim() ?? "", points: pointsOf(one, point) })));
  return parts.filter((part) => part.points.length > 1).map((part) => ({ name: part.title || name, points: part.points }));
}
