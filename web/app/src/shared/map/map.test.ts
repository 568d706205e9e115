import { hostOf } from "./BaseMapFields.tsx";
import { describe, expect, it } from "vitest";
import { boundsOf, roomy, world } from "./areas.ts";
import { readPlace } from "./coordinates.ts";
import { readMap } from "./mapSvg.ts";
import { keptPoints } from "./simplify.ts";
import { project, projectionKinds, unproject, type Projection } from "./projection.ts";
import { fitted, fittedTo, held, panned, toMap, toWindow, zoomed } from "./view.ts";

describe("projections", () => {
  it("lead to the map and back, in every kind and on both sides of the equator", () => {
    for (const kind of projectionKinds) {
      for (const parallels of [[20, 50], [-45, -15], [-10, 10], [35, 35]] as [number, number][]) {
        const projection: Projection = { kind, meridian: 170, parallels, scale: 400, translate: [300, 200] };
        for (const lat of [-75, -33.3, 0, 12.5, 60, 80]) {
          for (const lon of [-179, -60, 5, 171.5]) {
            const back = unproject(projection, project(projection, { lat, lon }));
            expect(Math.abs((back?.lat ?? 99) - lat) + Math.abs((back?.lon ?? 999) - lon), `${kind} ${parallels.join()} ${lat} ${lon}`).toBeLessThan(1e-6);
          }
        }
      }
    }
  });
  it("find no place outside the world", () => {
    expect(unproject({ kind: "natural-earth", meridian: 0, parallels: [0, 0], scale: 100, translate: [0, 0] }, { x: 5000, y: 0 })).toBeNull();
  });
});

describe("a drawn map", () => {
  it("gives its shapes and its numbers, and nothing else that it holds", () => {
    const map = readMap(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 400" data-projection="mercator" data-meridian="-61" data-parallels="12 13" data-scale="9000" data-translate="300 2400.5"><script>alert(1)</script>
      <g><path data-code="VC" class="accid-map-own" d="M0 0h5z"><title>Saint Vincent</title></path><circle data-code="GD" cx="5" cy="6" r="2"><title>Ronde</title></circle><path d="M1 1z"/></g></svg>`);
    expect(map).toMatchObject({ width: 600, height: 400, projection: { kind: "mercator", meridian: -61, scale: 9000, translate: [300, 2400.5] } });
    expect(map.shapes).toEqual([{ code: "VC", name: "Saint Vincent", own: true, path: "M0 0h5z" }, { code: "GD", name: "Ronde", own: false, dot: { x: 5, y: 6, r: 2 } }]);
    expect(() => readMap("<svg/>")).toThrow();
  });
});

describe("what is seen of a map", () => {
  const map = { width: 1000, height: 500 };
  const window = { width: 500, height: 500 };
  it("begins with all of it in the middle", () => { expect(fitted(map, window)).toEqual({ k: 0.5, x: 0, y: 125 }); });
  it("keeps the point under the pointer while zooming", () => {
    const before = fitted(map, window);
    const at = { x: 320, y: 260 };
    const after = zoomed(before, 3, at, map, window);
    const under = toMap(after, at);
    expect(under.x).toBeCloseTo(toMap(before, at).x);
    expect(under.y).toBeCloseTo(toMap(before, at).y);
  });
  it("never loses the map, and never goes in or out without end", () => {
    const far = panned(fitted(map, window), 1e6, -1e6, map, window);
    expect(far.x).toBe(250);
    expect(toWindow(far, { x: 0, y: 500 }).y).toBe(250);
    expect(held({ k: 1e9, x: 0, y: 0 }, map, window).k).toBe(256);
  });
  it("shows some points with room around them", () => {
    const seen = fittedTo([{ x: 100, y: 100 }, { x: 200, y: 150 }], map, window);
    for (const spot of [{ x: 100, y: 100 }, { x: 200, y: 150 }]) {
      const { x, y } = toWindow(seen, spot);
      expect(Math.min(x, y, 500 - x, 500 - y)).toBeGreaterThanOrEqual(59);
    }
  });
});

describe("the part of the world to show", () => {
  it("is the narrowest box, across the antimeridian too", () => {
    expect(boundsOf([])).toBeNull();
    expect(boundsOf([{ lat: -18, lon: 178 }, { lat: -20, lon: -175 }])).toEqual({ west: 178, south: -20, east: 185, north: -18 });
    expect(boundsOf([{ lat: 13, lon: -61 }])).toEqual({ west: -61, south: 13, east: -61, north: 13 });
  });
  it("has room around what it shows, stays on Earth, and is the world for what is wide", () => {
    const around = roomy({ west: -61.2, south: 13, east: -61.2, north: 13 });
    expect(around.west).toBeLessThan(-61.5);
    expect(around.north).toBeGreaterThan(13.3);
    expect(roomy({ west: -179.9, south: 84, east: -179.8, north: 84.9 })).toMatchObject({ north: 85 });
    expect(roomy({ west: -179.9, south: 0, east: -179.8, north: 1 }).west).toBeGreaterThan(0);
    expect(roomy({ west: -120, south: -40, east: 150, north: 60 })).toBe(world);
  });
});

describe("coordinates", () => {
  it("are read as people write them", () => {
    expect(readPlace("13.01, -61.24")).toEqual({ lat: 13.01, lon: -61.24 });
    expect(readPlace("13.01 N 61.24 W")).toEqual({ lat: 13.01, lon: -61.24 });
    expect(readPlace("61.24W 13.01S")).toEqual({ lat: -13.01, lon: -61.24 });
    expect(readPlace("13°30'36\"N 61°15'W")?.lat).toBeCloseTo(13.51);
    expect([readPlace("13.01"), readPlace("Bequia"), readPlace("95, 10"), readPlace("")]).toEqual([null, null, null, null]);
  });
});

describe("a line without the points that nobody sees", () => {
  it("keeps its ends and its bends, of a hundred thousand points too", () => {
    expect(keptPoints([{ x: 0, y: 0 }, { x: 1, y: 0.001 }, { x: 2, y: 0 }, { x: 2, y: 5 }], 0.01)).toEqual([0, 2, 3]);
    expect(keptPoints([{ x: 0, y: 0 }, { x: 9, y: 9 }], 1)).toEqual([0, 1]);
    const wave = Array.from({ length: 100_000 }, (_, index) => ({ x: index / 100, y: Math.sin(index / 4000) * 50 }));
    const kept = keptPoints(wave, 0.5);
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.length).toBeLessThan(400);
  });
});

describe("a map from elsewhere", () => {
  it("is asked for with encryption, or on this machine alone", () => {
    expect(["https://t.example/{z}/{x}/{y}.png", "http://127.0.0.1:9000/{z}/{x}/{y}.png"].map(hostOf)).toEqual(["t.example", "127.0.0.1:9000"]);
    expect(["", "t.example/{z}/{x}/{y}", "http://t.example/{z}/{x}/{y}", "https://t.example/{z}/{x}", "https://t.example;x/{z}/{x}/{y}"].map(hostOf)).toEqual([null, null, null, null, null]);
  });
});
