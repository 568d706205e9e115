import type { Project } from "@accid/api-client/types";
import { describe, expect, it } from "vitest";
import { arrange, parseTags, tagsOf, type Wish } from "./arrange.ts";

const project = (id: string, more: Partial<Project> = {}): Project => ({ id, slug: id, name: id, type: "html", created_at: "2026-01-01T00:00:00Z", tags: [], archived: false, bytes: 0, ...more } as Project);
const all = [
  project("Beach", { updated_at: "2026-03-01T00:00:00Z", tags: ["Client", "sea"], bytes: 10 }),
  project("Atlas", { updated_at: "2026-02-01T00:00:00Z", type: "gallery", bytes: 99, last_deploy: { environment: "production", at: "2026-02-02T00:00:00Z", outcome: "done" } }),
  project("Old", { archived: true, tags: ["sea"] }),
];
const wish: Wish = { text: "", type: "", tag: "", order: "changed", isArchive: false };
const names = (changes: Partial<Wish>, found = new Map<string, string[]>()) => arrange(all, { ...wish, ...changes }, found).map((one) => one.name);

describe("the projects", () => {
  it("are shown without those that were put away, which are shown alone", () => {
    expect(names({})).toEqual(["Beach", "Atlas"]);
    expect(names({ isArchive: true })).toEqual(["Old"]);
  });
  it("are found by name, kind, tag, and by what stands in them", () => {
    expect(names({ text: "CLIENT" })).toEqual(["Beach"]);
    expect(names({ text: "photo story" })).toEqual(["Atlas"]);
    expect(names({ type: "gallery" })).toEqual(["Atlas"]);
    expect(names({ tag: "sea" })).toEqual(["Beach"]);
    expect(names({ text: "squall" }, new Map([["Atlas", ["Day 3"]]]))).toEqual(["Atlas"]);
    expect(tagsOf(all)).toEqual(["Client", "sea"]);
  });
  it("come in the order that was asked for", () => {
    expect(names({ order: "name" })).toEqual(["Atlas", "Beach"]);
    expect(names({ order: "size" })).toEqual(["Atlas", "Beach"]);
    expect(names({ order: "deployed" })).toEqual(["Atlas", "Beach"]);
  });
  it("have each tag once", () => {
    expect(parseTags(" Sea, client ,sea,, ")).toEqual(["Sea", "client"]);
  });
});
