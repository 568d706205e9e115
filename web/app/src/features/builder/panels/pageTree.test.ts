// Moving pages in the tree.
import type { PageView } from "@accid/api-client/types";
import { describe, expect, it } from "vitest";
import { isWithin, movePage, nestPages, placeAtRow, stepPage, withMoves } from "./pageTree.ts";

const page = (slug: string, order: number, parent?: string) => ({ id: slug, slug, title: slug, order, path: "", etag: "", modules: [], ...(parent ? { parent } : {}) }) as PageView;
const pages = [page("index", 0), page("boats", 1), page("sloop", 0, "boats"), page("team", 2), page("news", 3)];
const tree = (all: PageView[]) => nestPages(all).map(({ page: one, depth }) => `${"-".repeat(depth)}${one.slug}`).join(" ");
const after = (id: string, place: { parent: string | null; before: string | null }) => tree(withMoves(pages, movePage(pages, id, place)));

describe("the tree of pages", () => {
  it("is ordered, with the entry page first and lost parents at the top", () => {
    expect(tree(pages)).toBe("index boats -sloop team news");
    expect(tree([page("b", 0, "gone"), page("index", 9)])).toBe("index b");
  });

  it("takes a page anywhere but before the entry page, into it, or into itself", () => {
    expect(after("news", { parent: null, before: "boats" })).toBe("index news boats -sloop team");
    expect(after("team", { parent: "boats", before: "sloop" })).toBe("index boats -team -sloop news");
    expect(after("team", { parent: null, before: "index" })).toBe("index team boats -sloop news");
    expect(movePage(pages, "team", { parent: "index", before: null })).toEqual([]);
    expect(movePage(pages, "boats", { parent: "sloop", before: null })).toEqual([]);
    expect(movePage(pages, "index", { parent: null, before: null })).toEqual([]);
    expect(isWithin(pages, "sloop", "boats")).toBe(true);
  });

  it("writes only the pages whose place differs", () => {
    expect(movePage(pages, "news", { parent: null, before: "team" })).toEqual([{ id: "news", order: 2, parent: null }, { id: "team", order: 3, parent: null }]);
    expect(movePage(pages, "team", { parent: null, before: "news" })).toEqual([]);
  });

  it("has a step in every direction, and back", () => {
    const go = (all: PageView[], id: string, direction: "up" | "down" | "in" | "out") => {
      const place = stepPage(all, id, direction);
      return place ? withMoves(all, movePage(all, id, place)) : all;
    };
    expect(tree(go(pages, "team", "up"))).toBe("index team boats -sloop news");
    expect(tree(go(pages, "team", "in"))).toBe("index boats -sloop -team news");
    expect(tree(go(go(pages, "team", "in"), "team", "out"))).toBe("index boats -sloop team news");
    expect(tree(go(go(pages, "team", "down"), "team", "up"))).toBe(tree(pages));
    expect(stepPage(pages, "boats", "up")).toBeNull();
    expect(stepPage(pages, "boats", "in")).toBeNull();
  });

  it("means by a row's lower edge what the line shows", () => {
    expect(placeAtRow(pages, "boats", "after")).toEqual({ parent: "boats", before: "sloop" });
    expect(placeAtRow(pages, "team", "after")).toEqual({ parent: null, before: "news" });
    expect(placeAtRow(pages, "index", "inside")).toBeNull();
  });
});
