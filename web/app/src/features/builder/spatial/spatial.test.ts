import { describe, expect, it } from "vitest";
import type { PageDocument } from "@accid/api-client/types";
import { routesIn } from "./gpx.ts";
import { changeRoute, isPlaced, newRoute, onEarth, withoutSpatial, withPlace, withSpatial } from "./spatial.ts";

const page = { id: "p", slug: "p", title: "P", modules: [{ id: "a", type: "text", version: 1, props: {} }, { id: "b", type: "text", version: 1, props: {}, place: { lat: 1, lon: 2, label: "Here", later: true } }] } as unknown as PageDocument;

describe("a page that is a map", () => {
  it("keeps what is not named, and says nothing that goes without saying", () => {
    const map = withSpatial({ ...page, spatial: { area: "GD", hologram: 1 } as never }, { names: true, label: "" });
    expect(map.spatial).toEqual({ area: "GD", hologram: 1, names: true });
    expect(withSpatial(map, { area: "", names: false }).spatial).toEqual({ hologram: 1 });
    expect(withoutSpatial(map)).toEqual(page);
  });
  it("places modules and takes their places away, one at a time", () => {
    expect(withPlace(page, "a", { lat: 12, lon: -61 }).modules[0]?.place).toEqual({ lat: 12, lon: -61 });
    expect(withPlace(page, "b", { lat: 0 }).modules[1]?.place).toEqual({ lat: 0, lon: 2, label: "Here", later: true });
    expect(withPlace(page, "b", null).modules[1]).toEqual({ id: "b", type: "text", version: 1, props: {} });
    expect([isPlaced({ lat: 0, lon: 0 }, false), isPlaced({ lat: 0, lon: 0 }, true), isPlaced({ x: 1, y: 0 }, true), isPlaced(undefined, false), onEarth({ lat: 1 })]).toEqual([true, false, true, false, null]);
  });
  it("changes one route and leaves the others", () => {
    const routes = [newRoute("Out", [{ lat: 1, lon: 2 }]), newRoute("Back")];
    expect(routes[1]).not.toHaveProperty("points");
    const changed = changeRoute(routes, routes[0]?.id ?? "", { arrows: false, dashed: true });
    expect(changed).toEqual([{ id: routes[0]?.id, name: "Out", points: [{ lat: 1, lon: 2 }], dashed: true }, routes[1]]);
  });
});

describe("routes in a GPX file", () => {
  const gpx = (points: string) => `<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><name>South</name><trkseg>${points}</trkseg></trk><rte><rtept lat="1" lon="2"/></rte></gpx>`;
  it("come with their days and without the points that nobody sees", () => {
    const points = Array.from({ length: 400 }, (_, index) => `<trkpt lat="${13 - index * 0.001}" lon="-61.2"><time>2026-03-0${1 + Math.floor(index / 200)}T10:00:00Z</time></trkpt>`).join("");
    expect(routesIn(gpx(points), "day")).toEqual([{ name: "South", points: [{ lat: 13, lon: -61.2, date: "2026-03-01" }, { lat: 12.8, lon: -61.2, date: "2026-03-02" }, { lat: 12.601, lon: -61.2 }] }]);
  });
  it("are none in what is no GPX, and leave out what is no place", () => {
    expect(routesIn("<html/>", "x")).toEqual([]);
    expect(routesIn("not xml", "x")).toEqual([]);
    expect(routesIn(gpx('<trkpt lat="x" lon="1"/><trkpt lat="91" lon="1"/><trkpt lat="1" lon="1"/>'), "x")).toEqual([]);
  });
});
