// What differs since a version, in words and as outlines.
import { describe, expect, it, vi } from "vitest";
import { byTelling, comesBack, isRestorable, isShownOn, markDocument, nameCollection, nameFile, otherFiles, summarise, wordsOf } from "./changes.ts";

const module = (id: string, change: "added" | "removed" | "changed" | "moved") => ({ id, type: "text", change });

describe("changes since a version", () => {
  it("are told in words, the most telling first", () => {
    expect(byTelling([module("a", "moved"), module("b", "changed")]).map((one) => one.id)).toEqual(["b", "a"]);
    expect(summarise([module("a", "removed"), module("b", "changed"), module("c", "changed")])).toBe("2 changed, 1 removed since");
    expect(summarise([])).toBe("");
    expect(nameFile("trash/0192.json")).toBe("What is in the trash");
    expect(nameFile("accid_blotter.json")).toMatch(/settings of the project/);
  });

  it("are shown on the side that has the module, and restored where that means something", () => {
    expect(isShownOn("then", "added")).toBe(false);
    expect(isShownOn("today", "removed")).toBe(false);
    const page = { id: "p", title: "Home", change: "changed" as const, modules: [] };
    expect(isRestorable(page, module("a", "removed"))).toBe(true);
    expect(isRestorable(page, module("a", "added"))).toBe(false);
    expect(isRestorable({ ...page, change: "removed" }, module("a", "removed"))).toBe(false);
  });

  it("name photos, albums and stories, and bring back alone what was there then", () => {
    const photo = { path: "photos/a.json", id: "a", collection: "photos", title: "bay.jpg", change: "changed" as const };
    const changes = { pages: [], documents: [photo], files: ["photos/a.json", "waypoint.json"] };
    expect([nameCollection(photo), comesBack(photo), comesBack({ ...photo, change: "added" }), otherFiles(changes)]).toEqual(["Photo", true, false, ["waypoint.json"]]);
    const page = { id: "s", title: "South", change: "changed" as const, modules: [] };
    expect(["chapter", "photo", "text"].map((type) => isRestorable(page, { ...module("a", "changed"), type }))).toEqual([false, false, true]);
  });

  it("are outlined once however often the document is marked", () => {
    vi.stubGlobal("CSS", { escape: (text: string) => text });
    document.body.innerHTML = `<p data-accid-id="a">  Fair \n winds </p>`;
    markDocument(document, "today", [module("a", "changed"), module("b", "removed")], null);
    markDocument(document, "today", [module("a", "changed")], "a");
    expect(document.querySelectorAll("[data-accid-changes]")).toHaveLength(1);
    const boxes = [...document.querySelectorAll<HTMLElement>("[data-accid-changes] > div")];
    expect(boxes.map((box) => [box.dataset["module"], box.dataset["change"], "chosen" in box.dataset])).toEqual([["a", "changed", true]]);
    expect(wordsOf(document, "a")).toBe("Fair winds");
    vi.unstubAllGlobals();
  });
});
