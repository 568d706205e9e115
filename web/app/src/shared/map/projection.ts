// Degrees to pixels and back, with the numbers that a map of ACCID carries: the same formulas as the program's own
// (crates/accid-geo/src/projection.rs, which names their sources). Pure.
export type ProjectionKind = "mercator" | "equirectangular" | "natural-earth" | "conic-conformal" | "conic-equal-area";
export const projectionKinds: ProjectionKind[] = ["mercator", "equirectangular", "natural-earth", "conic-conformal", "conic-equal-area"];

export interface Projection {
  kind: ProjectionKind;
  /** The meridian in the middle, in degrees. */
  meridian: number;
  /** Where a cone is true, in degrees. */
  parallels: [number, number];
  /** Pixels per radian. */
  scale: number;
  /** Where the middle meridian meets the equator, in pixels. */
  translate: [number, number];
}
/** A place on Earth, in degrees. */
export interface Place { lat: number; lon: number }
/** A point of a map, in pixels from its upper left corner. */
export interface Spot { x: number; y: number }

const radians = Math.PI / 180;
const half = Math.PI / 2;
const mercatorLatitude = 85.0511287798066 * radians;

const halfTangent = (latitude: number) => Math.tan((half + latitude) / 2);
export const turned = (longitude: number) => (longitude >= -180 && longitude <= 180 ? longitude : ((((longitude + 180) % 360) + 360) % 360) - 180);
const mercator = (lon: number, lat: number): [number, number] => [lon, Math.log(halfTangent(Math.min(mercatorLatitude, Math.max(-mercatorLatitude, lat))))];
const mercatorBack = (x: number, y: number): [number, number] => [x, 2 * Math.atan(Math.exp(y)) - half];

const earthHeight = (lat: number) => {
  const square = lat * lat;
  const fourth = square * square;
  return lat * (1.007226 + square * (0.015085 + fourth * (-0.044475 + 0.028874 * square - 0.005916 * fourth)));
};
const earthWidth = (lat: number) => {
  const square = lat * lat;
  const fourth = square * square;
  return 0.8707 - 0.131979 * square + fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth));
};

function earthBack(x: number, y: number): [number, number] {
  let lat = y;
  for (let round = 0; round < 25; round += 1) {
    const square = lat * lat;
    const fourth = square * square;
    const slope = 1.007226 + square * (0.015085 * 3 + fourth * (-0.044475 * 7 + 0.028874 * 9 * square - 0.005916 * 11 * fourth));
    const step = (earthHeight(lat) - y) / slope;
    lat -= step;
    if (Math.abs(step) < 1e-12) break;
  }
  return [x / earthWidth(lat), lat];
}

type Cone = { shape: "conformal"; n: number; f: number } | { shape: "area"; n: number; c: number; r0: number } | { shape: "mercator" } | { shape: "cylinder"; cosine: number };

function coneOf({ kind, parallels }: Projection): Cone {
  const [south, north] = [parallels[0] * radians, parallels[1] * radians];
  if (kind === "conic-equal-area") {
    const sine = Math.sin(south);
    const n = (sine + Math.sin(north)) / 2;
    if (Math.abs(n) < 1e-6) return { shape: "cylinder", cosine: Math.cos(south) };
    const c = 1 + sine * (2 * n - sine);
    return { shape: "area", n, c, r0: Math.sqrt(c) / n };
  }
  const cosine = Math.cos(south);
  const n = Math.abs(south - north) < 1e-12 ? Math.sin(south) : Math.log(cosine / Math.cos(north)) / Math.log(halfTangent(north) / halfTangent(south));
  if (Math.abs(n) < 1e-6) return { shape: "mercator" };
  return { shape: "conformal", n, f: (cosine * halfTangent(south) ** n) / n };
}

function raw(projection: Projection, lon: number, lat: number): [number, number] {
  switch (projection.kind) {
    case "mercator": return mercator(lon, lat);
    case "equirectangular": return [lon, lat];
    case "natural-earth": return [lon * earthWidth(lat), earthHeight(lat)];
    default: {
      const cone = coneOf(projection);
      if (cone.shape === "mercator") return mercator(lon, lat);
      if (cone.shape === "cylinder") return [lon * cone.cosine, Math.sin(lat) / cone.cosine];
      if (cone.shape === "conformal") {
        const nearest = half - 1e-6;
        const held = cone.f > 0 ? Math.max(lat, -nearest) : Math.min(lat, nearest);
        const r = cone.f / halfTangent(held) ** cone.n;
        return [r * Math.sin(cone.n * lon), cone.f - r * Math.cos(cone.n * lon)];
      }
      const r = Math.sqrt(Math.max(0, cone.c - 2 * cone.n * Math.sin(lat))) / cone.n;
      return [r * Math.sin(cone.n * lon), cone.r0 - r * Math.cos(cone.n * lon)];
    }
  }
}

function aroundApex(n: number, x: number, down: number): [number, number] {
  let angle = Math.atan2(x, Math.abs(down)) * (down < 0 ? -1 : 1);
  if (down * n < 0) angle -= Math.PI * Math.sign(x) * Math.sign(down);
  return [angle, x * x + down * down];
}

function inverse(projection: Projection, x: number, y: number): [number, number] {
  switch (projection.kind) {
    case "mercator": return mercatorBack(x, y);
    case "equirectangular": return [x, y];
    case "natural-earth": return earthBack(x, y);
    default: {
      const cone = coneOf(projection);
      if (cone.shape === "mercator") return mercatorBack(x, y);
      if (cone.shape === "cylinder") return [x / cone.cosine, Math.asin(y * cone.cosine)];
      if (cone.shape === "conformal") {
        const [angle, square] = aroundApex(cone.n, x, cone.f - y);
        const r = Math.sign(cone.n) * Math.sqrt(square);
        return [angle / cone.n, 2 * Math.atan((cone.f / r) ** (1 / cone.n)) - half];
      }
      const [angle, square] = aroundApex(cone.n, x, cone.r0 - y);
      return [angle / cone.n, Math.asin((cone.c - square * cone.n * cone.n) / (2 * cone.n))];
    }
  }
}

export function project(projection: Projection, { lat, lon }: Place): Spot {
  const [x, y] = raw(projection, turned(lon - projection.meridian) * radians, lat * radians);
  return { x: projection.translate[0] + projection.scale * x, y: projection.translate[1] - projection.scale * y };
}

/** The place at a point of the map; none outside the world. */
export function unproject(projection: Projection, { x, y }: Spot): Place | null {
  const [lon, lat] = inverse(projection, (x - projection.translate[0]) / projection.scale, (projection.translate[1] - y) / projection.scale).map((one) => one / radians) as [number, number];
  if (!Number.isFinite(lon) || !Number.isFinite(lat) || Math.abs(lon) > 180 + 1e-9 || Math.abs(lat) > 90 + 1e-9) return null;
  return { lat, lon: turned(lon + projection.meridian) };
}
