// A tutorial is its steps, in the order of its pages.
import type { PageView } from "@accid/api-client/types";
import { describe, expect, it } from "vitest";
import { around, frameOf, stepsOf } from "./steps.ts";

const page = (slug: string, order: number, kind = "tutorial", parent: string | null = null) => ({ id: slug, slug, title: slug, order, kind, parent, modules: [] }) as unknown as PageView;
const pages = [page("third", 4), page("index", 0, ""), page("about", 2, ""), page("first", 1), page("second", 3), page("deeper", 0, "tutorial", "first")];

describe("steps", () => {
  it("are the pages of that kind in their order", () => {
    expect(stepsOf(pages).map((one) => one.page.slug)).toEqual(["first", "deeper", "second", "third"]);
  });

  it("know what comes before and after, and where they stand", () => {
    expect(around(pages, "deeper")).toMatchObject({ number: 2, count: 4, previous: { slug: "first" }, next: { slug: "second" } });
    expect(around(pages, "first").previous).toBeNull();
    expect(around(pages, "third").next).toBeNull();
    expect(around(pages, "index")).toMatchObject({ number: 0, previous: null, next: { slug: "first" } });
    expect(around([], "index")).toMatchObject({ number: 0, count: 0, next: null });
  });

  it("begin with what stands around the step before, not with its words", () => {
    const module = (type: string, props = {}) => ({ id: type, type, version: 1, props });
    expect(frameOf([module("navigation"), module("text"), module("section", { part: "foot" })]).map((one) => one.type)).toEqual(["navigation", "section"]);
    expect(frameOf([module("text"), module("section", { part: "" })])).toEqual([]);
  });
});
