import type { ModuleDocument, Pattern } from "@accid/api-client/types";
import { expect, test } from "vitest";
import { findPatterns, topIndexBehind } from "./patterns.ts";

const pattern = (id: string, kind: "page" | "section", category: string): Pattern => ({ id, kind, title: id, description: `About ${id}.`, category, modules: 1 });
const all = [pattern("landing", "page", "Start"), pattern("menu", "page", "Sell"), pattern("quotation", "section", "Telling"), pattern("steps", "section", "Telling")];
const module = (id: string, children?: ModuleDocument[]): ModuleDocument => ({ id, type: "section", version: 1, anchor: "", props: {}, ...(children ? { children } : {}) });

test("whole pages stand together, sections by what they are for, and every word must occur", () => {
  expect(findPatterns(all, "").map((group) => [group.title, group.patterns.length])).toEqual([["Whole pages", 2], ["Telling", 2]]);
  expect(findPatterns(all, "TELLING about step").map((group) => group.patterns.map((one) => one.id))).toEqual([["steps"]]);
  expect(findPatterns(all, "lighthouse")).toEqual([]);
});

test("a pattern goes behind the band that holds what is chosen, however deep that is", () => {
  const modules = [module("a"), module("b", [module("c", [module("d")])]), module("e")];
  expect(topIndexBehind(modules, "d")).toBe(2);
  expect(topIndexBehind(modules, "e")).toBe(3);
  expect(topIndexBehind(modules, null)).toBeNull();
  expect(topIndexBehind(modules, "gone")).toBeNull();
});
