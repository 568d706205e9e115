// Takes apart a map that the program drew: its shapes, and the numbers of its projection. Only what is known is taken
// over, so that a map brings nothing else into the studio.
import { projectionKinds, type Projection, type ProjectionKind } from "./projection.ts";

export interface Shape { code: string; name: string; own: boolean; path?: string; dot?: { x: number; y: number; r: number } }
export interface MapPicture { width: number; height: number; projection: Projection; shapes: Shape[] }

const numbers = (text: string | null) => (text ?? "").trim().split(/[\s,]+/).map(Number);

/** Throws when the text is no map. */
export function readMap(text: string): MapPicture {
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const [, , width = NaN, height = NaN] = numbers(svg.getAttribute("viewBox"));
  const kind = projectionKinds.find((one) => one === svg.getAttribute("data-projection")) as ProjectionKind | undefined;
  const [south = 0, north = 0] = numbers(svg.getAttribute("data-parallels"));
  const [left = NaN, top = NaN] = numbers(svg.getAttribute("data-translate"));
  const scale = Number(svg.getAttribute("data-scale"));
  if (!kind || ![width, height, left, top, scale].every(Number.isFinite) || scale === 0) throw new Error("The map cannot be read. Load the page again.");
  const titleOf = (element: Element) => element.querySelector("title")?.textContent ?? "";
  const shapes = [...svg.querySelectorAll("[data-code]")].flatMap((element): Shape[] => {
    const shape = { code: element.getAttribute("data-code") ?? "", name: titleOf(element), own: element.classList.contains("accid-map-own") };
    if (element.tagName === "path") return [{ ...shape, path: element.getAttribute("d") ?? "" }];
    if (element.tagName !== "circle") return [];
    const [x = 0, y = 0, r = 0] = ["cx", "cy", "r"].map((name) => Number(element.getAttribute(name)));
    return [{ ...shape, dot: { x, y, r } }];
  });
  return { width, height, projection: { kind, meridian: Number(svg.getAttribute("data-meridian")) || 0, parallels: [south, north], scale, translate: [left, top] }, shapes };
}
