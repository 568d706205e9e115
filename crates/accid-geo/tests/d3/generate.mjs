// Writes ../fixtures/d3.json: points of maps as d3-geo 3.1.2 projects them. Run by hand:
//   npm install --no-save d3-geo@3.1.2 && node generate.mjs
// The boxes and widths are fitted as `Frame::fitting` does: to 65 points of each edge.
import { writeFileSync } from "node:fs";
import * as d3 from "d3-geo";

const BOXES = [
  ["world", -180, -58, 180, 84, 1200],
  ["lesser-antilles", -65.2, 11.7, -59.2, 18.9, 1600],
  ["caribbean", -88, 9, -58.5, 27.5, 1600],
  ["mediterranean", -6.5, 30, 37, 46.2, 1400],
  ["aegean", 22, 34.7, 29.2, 41.2, 1000],
  ["baltic", 9.2, 53.5, 30.5, 66, 900],
  ["alaska", 172, 51, 231, 71.6, 1100],
  ["south-pacific", 145, -48, 290, 10, 1200],
  ["fiji-and-tonga", 176.5, -22.5, 187, -12, 800],
  ["patagonia", -76.5, -56.2, -62, -38, 640],
  ["equator", -10, -12, 10, 12, 500],
];
const KINDS = {
  mercator: d3.geoMercator,
  equirectangular: d3.geoEquirectangular,
  "natural-earth": d3.geoNaturalEarth1,
  "conic-conformal": d3.geoConicConformal,
  "conic-equal-area": d3.geoConicEqualArea,
};
const turned = (longitude) => ((((longitude + 180) % 360) + 360) % 360) - 180;
const thousandth = (value) => Math.round(value * 1000) / 1000;

const maps = [];
for (const [name, west, south, east, north, width] of BOXES) {
  for (const [kind, make] of Object.entries(KINDS)) {
    const meridian = (west + east) / 2;
    const sixth = (north - south) / 6;
    const projection = make().rotate([-meridian, 0]).precision(0);
    if (projection.parallels) projection.parallels([south + sixth, north - sixth]);
    const edge = [];
    for (let step = 0; step <= 64; step += 1) {
      const longitude = west + ((east - west) * step) / 64;
      const latitude = south + ((north - south) * step) / 64;
      // A hair within the box, so that an edge at the antimeridian is not turned to the other side.
      const [left, right] = [west + 1e-9, east - 1e-9];
      const held = Math.min(Math.max(longitude, left), right);
      edge.push([held, south], [held, north], [left, latitude], [right, latitude]);
    }
    projection.fitWidth(width, { type: "MultiPoint", coordinates: edge });
    const points = [];
    for (let step = 0; step < 12; step += 1) {
      const latitude = thousandth(south + (north - south) * ((step * 0.618034) % 1));
      const longitude = thousandth(turned(west + (east - west) * ((step * 0.414214 + 0.05) % 1)));
      const [x, y] = projection([longitude, latitude]);
      points.push([latitude, longitude, thousandth(x), thousandth(y)]);
    }
    maps.push({ name, kind, west, south, east, north, width, points });
  }
}
const lines = maps.map((map) => JSON.stringify(map)).join(",\n");
writeFileSync(new URL("../fixtures/d3.json", import.meta.url), `[\n${lines}\n]\n`);
