import type { CheckItem } from "@accid/api-client/types";
import { describe, expect, it } from "vitest";
import { goalOf, groupItems } from "./check.ts";

const item = (severity: CheckItem["severity"], page?: string, more: Partial<CheckItem> = {}): CheckItem =>
  ({ code: "x", severity, message: "m", ...(page ? { page, page_slug: page, page_title: page.toUpperCase() } : {}), ...more });

describe("what the check found", () => {
  it("is listed for the site first, then page by page, what is broken first", () => {
    const groups = groupItems([item("note", "a"), item("error", "a"), item("warning"), item("note", "b")], new Set(["error", "warning", "note"]));
    expect(groups.map((group) => [group.title, group.items.map((one) => one.severity)])).toEqual([
      ["The whole site", ["warning"]], ["A", ["error", "note"]], ["B", ["note"]],
    ]);
  });

  it("says the same once, and how often it was found", () => {
    const [group] = groupItems([item("warning", "a", { module: "first" }), item("warning", "a", { module: "second" }), item("warning", "a", { message: "other" })], new Set(["warning"]));
    expect(group?.items.map((one) => [one.message, one.module, one.times])).toEqual([["m", "first", 2], ["other", undefined, 1]]);
  });

  it("leaves out what is not asked for, and with it pages that have nothing else", () => {
    expect(groupItems([item("note", "a"), item("error", "b")], new Set(["error"])).map((group) => group.page)).toEqual(["b"]);
  });

  it("is mended where it was found", () => {
    expect(goalOf(item("error", "a", { module: "m" }))).toEqual({ kind: "page", slug: "a", page: "a", module: "m", pointer: "" });
    expect(goalOf(item("error", "a", { pointer: "/seo/description" }))).toEqual({ kind: "page", slug: "a", page: "a", module: null, pointer: "/seo/description" });
    expect(goalOf(item("note", undefined, { pointer: "/site/base_url" }))).toEqual({ kind: "panel", command: "site" });
    expect(goalOf(item("warning", undefined, { pointer: "/theme/tokens/color-text" }))).toEqual({ kind: "panel", command: "design" });
    expect(goalOf(item("warning"))).toBeNull();
  });
});
