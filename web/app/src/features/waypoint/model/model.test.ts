import { bitmapAddress } from "./bitmap.ts";
import { describe, expect, it } from "vitest";
import { gather } from "./cluster.ts";
import { sorted } from "./files.ts";
import { layOut, lineOf, linesBetween, neighbour } from "./layout.ts";
import { byTime, isFiltered, noFilter, readIndex, shownRows, type Row } from "./rows.ts";
import { all, kept, moved, nothing, pressed } from "./selection.ts";
import { drawThumbhash } from "./thumbhash.ts";
import { dayInWords, differenceInWords, metresBetween } from "./words.ts";

const row = (id: string, part: Partial<Row> = {}): Row => ({
  id, name: `${id}.jpg`, title: "", taken: "2026-03-01T10:00:00-04:00", day: "2026-03-01", width: 300, height: 200, lat: null, lon: null, rating: 0, hidden: false, marked: false,
  camera: "", country: "", town: "", thumbhash: "", ...part,
});
const rows = (count: number, perDay = 40) => Array.from({ length: count }, (_, index) => row(`p${index}`, { day: `day ${Math.floor(index / perDay)}`, width: 200 + ((index * 37) % 300), height: 250 }));
const plain = { range: false, toggle: false };

describe("the list of photos", () => {
  it("is read by the names of its columns, whatever their order", () => {
    const read = readIndex({ columns: ["name", "id", "flags", "lat", "taken", "unknown", "width", "height", "country"], rows: [["a.jpg", "1", 3, 12.5, "2026-03-01T10:00:00", 7, 4000, 3000, "GD"]] });
    expect(read[0]).toMatchObject({ id: "1", name: "a.jpg", hidden: true, marked: true, lat: 12.5, lon: null, day: "2026-03-01", width: 4000, rating: 0, country: "Grenada" });
  });
  it("is searched by words, days, stars, places and what has none", () => {
    const all = [row("a", { town: "Bequia", rating: 4, lat: 13, lon: -61 }), row("b", { day: "2026-03-02", hidden: true }), row("c", { day: "" })];
    const found = (part: Partial<typeof noFilter>) => shownRows(all, { ...noFilter, ...part }, null).map((one) => one.id).join("");
    expect([found({}), found({ q: "beq A.JPG" }), found({ from: "2026-03-02" }), found({ to: "2026-03-01" }), found({ rating: 3 }), found({ place: "none" }), found({ place: "any" }), found({ hidden: "without" })])
      .toEqual(["abc", "a", "b", "a", "a", "bc", "a", "ac"]);
    expect(shownRows(all, noFilter, ["c", "gone", "a"]).map((one) => one.id)).toEqual(["c", "a"]);
    expect([isFiltered(noFilter), isFiltered({ ...noFilter, rating: 1 })]).toEqual([false, true]);
  });
  it("goes by the moment, not by the clock on the wall", () => {
    const mixed = [row("late", { taken: "2026-03-01T10:00:00-04:00" }), row("early", { taken: "2026-03-01T12:00:00+02:00" }), row("never", { taken: "" })];
    expect(byTime(mixed).map((one) => one.id)).toEqual(["early", "late", "never"]);
  });
});

describe("the rows of pictures", () => {
  const byDay = (one: Row) => one.day;
  const measures = { width: 1000, lineHeight: 180, gap: 4, heading: 40 };
  it("fill the width to the pixel, hold every photo once and in order, and never lie over each other", () => {
    const layout = layOut(rows(977), measures, byDay);
    const indexes = layout.lines.flatMap((line) => line.tiles.map((tile) => tile.index));
    expect(indexes).toEqual(indexes.map((_, index) => index));
    expect(indexes.length).toBe(977);
    for (const [number, line] of layout.lines.entries()) {
      const last = line.tiles.at(-1);
      const end = (last?.left ?? 0) + (last?.width ?? 0);
      expect(end).toBeLessThanOrEqual(1000);
      const isEndOfDay = layout.lines[number + 1]?.tiles[0]?.row.day !== last?.row.day;
      if (!isEndOfDay) { expect(end).toBe(1000); expect(line.height).toBeGreaterThan(110); expect(line.height).toBeLessThan(330); }
      expect(layout.lines[number + 1]?.top ?? Infinity).toBeGreaterThanOrEqual(line.top + line.height + 4);
    }
    expect(layout.sections.length).toBe(Math.ceil(977 / 40));
    expect(layout.sections.reduce((sum, section) => sum + section.count, 0)).toBe(977);
  });
  it("are found by their height, and their neighbours by what is nearest across", () => {
    const layout = layOut(rows(500), measures, null);
    const [first, last] = linesBetween(layout, 1000, 1600);
    expect(layout.lines[first]?.top).toBeLessThanOrEqual(1000);
    expect((layout.lines[last]?.top ?? 0) + (layout.lines[last]?.height ?? 0)).toBeGreaterThan(1600);
    const below = neighbour(layout, 3, 1);
    expect(lineOf(layout, below)).toBe(lineOf(layout, 3) + 1);
    expect(neighbour(layout, 0, -1)).toBe(0);
    expect(layOut([], measures, byDay)).toMatchObject({ lines: [], height: 0 });
  });
  it("of ten thousand photos are laid out in less time than one may notice", () => {
    const layout = layOut(rows(10_000), measures, byDay);
    expect(layout.lines.at(-1)?.tiles.at(-1)?.index).toBe(9999);
  });
});

describe("choosing photos", () => {
  const ids = ["a", "b", "c", "d", "e"];
  const chosen = (selection: typeof nothing) => [...selection.chosen].sort().join("");
  it("goes by presses, with Shift for a range and Ctrl for one more", () => {
    const one = pressed(nothing, ids, "b", plain);
    const range = pressed(one, ids, "d", { range: true, toggle: false });
    expect([chosen(one), chosen(range), chosen(pressed(range, ids, "c", { range: false, toggle: true })), chosen(pressed(range, ids, "a", { range: true, toggle: false }))]).toEqual(["b", "bcd", "bd", "ab"]);
  });
  it("goes by keys: Shift widens the range, Ctrl only walks", () => {
    const start = pressed(nothing, ids, "c", plain);
    const wider = moved(moved(start, ids, "d", { range: true, toggle: false }), ids, "e", { range: true, toggle: false });
    expect(chosen(wider)).toBe("cde");
    expect(moved(start, ids, "d", { range: false, toggle: true })).toMatchObject({ at: "d", chosen: start.chosen });
    expect(all(nothing, ids).chosen.size).toBe(5);
  });
  it("forgets what is gone, and stays the very same when nothing is", () => {
    const two = pressed(pressed(nothing, ids, "a", plain), ids, "b", { range: false, toggle: true });
    expect(kept(two, new Set(ids))).toBe(two);
    expect(kept(two, new Set(["a"]))).toMatchObject({ at: "a", chosen: new Set(["a"]) });
  });
});

describe("signs on the map", () => {
  it("hold every photo exactly once, those at one place together, and keep apart from each other", () => {
    const points = Array.from({ length: 2000 }, (_, index) => ({ id: `p${index}`, x: ((index * 7919) % 1000), y: ((index * 104_729) % 700) }));
    const same = Array.from({ length: 30 }, (_, index) => ({ id: `s${index}`, x: 2000, y: 2000 }));
    const signs = gather([...points, ...same], 60);
    const ids = signs.flatMap((sign) => sign.ids);
    expect(new Set(ids).size).toBe(2030);
    expect(ids.length).toBe(2030);
    expect(signs.find((sign) => sign.ids.includes("s0"))?.ids.length).toBe(30);
    const apart = signs.map((a) => Math.min(...signs.filter((b) => b !== a).map((b) => Math.hypot(a.x - b.x, a.y - b.y))));
    expect(Math.min(...apart)).toBeGreaterThan(40);
  });
});

describe("what stands in the place of a photo", () => {
  it("is drawn from its hash in its proportions, and is nothing for what is no hash", () => {
    const drawn = drawThumbhash("1QcSHQRnh493V4dIh4eXh1h4kJUI");
    expect(drawn).toMatchObject({ width: 9, height: 12 });
    expect([...(drawn?.data ?? [])].filter((_, index) => index % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
    expect([drawThumbhash(""), drawThumbhash("%%%"), drawThumbhash("AA==")]).toEqual([null, null, null]);
  });
});

describe("words", () => {
  it("tell days, differences and ways", () => {
    expect(dayInWords("")).toBe("Without a date");
    expect([differenceInWords(3780), differenceInWords(-12), differenceInWords(0)]).toEqual(["+1 h 3 min", "−12 s", "0 s"]);
    expect(metresBetween({ lat: 0, lon: 0 }, { lat: 0, lon: 1 })).toBeCloseTo(111_195, 0);
  });
  it("sort routes from photos and leave alone what systems leave behind", () => {
    const file = (name: string) => new File([], name);
    const found = sorted([file("a.JPG"), file(".DS_Store"), file("Thumbs.db"), file("day.gpx"), file("walk.kmz"), file("b.heic")]);
    expect([found.photos.map((one) => one.name), found.routes.map((one) => one.name)]).toEqual([["a.JPG", "b.heic"], ["day.gpx", "walk.kmz"]]);
  });
});

describe("a placeholder as a picture", () => {
  it("is a bitmap of its pixels, the upper line first", () => {
    const address = bitmapAddress({ width: 1, height: 2, data: Uint8ClampedArray.from([1, 2, 3, 255, 4, 5, 6, 255]) });
    const bytes = Uint8Array.from(atob(address.replace("data:image/bmp;base64,", "")), (char) => char.charCodeAt(0));
    expect([bytes.length, new DataView(bytes.buffer).getInt32(22, true), [...bytes.slice(54)]]).toEqual([62, -2, [3, 2, 1, 255, 6, 5, 4, 255]]);
  });
});
