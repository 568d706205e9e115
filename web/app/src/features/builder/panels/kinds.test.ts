// The palette's groups and search.
import type { ModuleType } from "@accid/api-client/types";
import { describe, expect, it } from "vitest";
import { bestKind, groupKinds } from "./kinds.ts";

const types = ["hero", "text", "row", "gallery", "tide-table"].map((type) => ({ type, title: type, description: "", version: 1, nests: false }) as unknown as ModuleType);
const shown = (search: string) => groupKinds(types, search).map((group) => `${group.title}: ${group.types.map((type) => type.type).join(" ")}`);

describe("the palette", () => {
  it("shows every kind in one group, those it does not know last", () => {
    expect(shown("")).toEqual(["Structure: row", "Text: hero text", "Pictures: gallery", "More: tide-table"]);
  });

  it("finds kinds by what people call them, and by their group", () => {
    expect(shown("columns")).toEqual(["Structure: row"]);
    expect(shown(" Pictures ")).toEqual(["Pictures: gallery"]);
    expect(shown("photos album")).toEqual(["Pictures: gallery"]);
    expect(shown("zeppelin")).toEqual([]);
  });

  it("takes the kind that is called so before those that only speak of it", () => {
    const spoken = types.map((type) => (type.type === "row" ? { ...type, description: "Puts text side by side" } : type));
    expect(bestKind(spoken, "text")?.type).toBe("text");
    expect(bestKind(spoken, "Gal")?.type).toBe("gallery");
    expect(bestKind(spoken, "columns")?.type).toBe("row");
    expect(bestKind(spoken, "zeppelin")).toBeNull();
    expect(bestKind(spoken, " ")).toBeNull();
  });
});
