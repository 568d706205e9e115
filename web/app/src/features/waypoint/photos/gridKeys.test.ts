import { describe, expect, it } from "vitest";
import { layOut } from "../model/layout.ts";
import { readIndex } from "../model/rows.ts";
import { actionOf } from "./gridKeys.ts";
import { reordered } from "./useTileDrag.ts";

const rows = readIndex({ columns: ["id", "width", "height"], rows: Array.from({ length: 30 }, (_, index) => [`p${index}`, 300, 200]) });
const layout = layOut(rows, { width: 1000, lineHeight: 180, gap: 4, heading: 0 }, null);
const perLine = layout.lines[0]?.tiles.length ?? 0;
const key = (name: string, held: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey" | "altKey", boolean>> = {}) => ({ key: name, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });
const at = (event: ReturnType<typeof key>, index: number) => actionOf(event, index, rows.length, layout, 12);

describe("keys among the photos", () => {
  it("walk through the rows and stop at the ends", () => {
    expect([at(key("ArrowRight"), 0), at(key("ArrowLeft"), 0), at(key("ArrowDown"), 1), at(key("ArrowUp"), perLine + 1), at(key("End"), 0), at(key("PageDown"), 25), at(key("ArrowDown"), -1)])
      .toEqual([{ go: 1 }, { go: 0 }, { go: perLine + 1 }, { go: 1 }, { go: 29 }, { go: 29 }, { go: 0 }]);
  });
  it("rate, hide, choose and move, and leave the browser its own", () => {
    expect([at(key("4"), 0), at(key("h"), 0), at(key("c"), 0), at(key(" "), 0), at(key("Enter"), 0), at(key("a", { ctrlKey: true }), 0), at(key("Delete"), 0), at(key("ArrowRight", { altKey: true }), 0)])
      .toEqual([{ rating: 4 }, { act: "hide" }, { act: "cover" }, { act: "toggle" }, { act: "open" }, { act: "all" }, { act: "trash" }, { act: "later" }]);
    expect([at(key("c", { ctrlKey: true }), 0), at(key("x"), 0), at(key("Tab"), 0), at(key("6"), 0)]).toEqual([null, null, null, null]);
  });
});

describe("an order by hand", () => {
  it("takes photos out and puts them in again, dropped on themselves too", () => {
    const ids = ["a", "b", "c", "d", "e"];
    expect([reordered(ids, ["d"], "b"), reordered(ids, ["a", "b"], null), reordered(ids, ["b", "c"], "c"), reordered(ids, ["e"], "e")].map((one) => one.join(""))).toEqual(["adbce", "cdeab", "abcde", "abcde"]);
  });
});
