import { describe, expect, it } from "vitest";
import { addressOf, cut, titleInResults } from "./seo.ts";

describe("what search results say of a page", () => {
  const project = { name: "boat", site: { title: "Yachts" } };
  it("is its title with the site's name, unless they are the same or it has a title for that", () => {
    expect(titleInResults({ title: "About", seo: {} }, project)).toBe("About – Yachts");
    expect(titleInResults({ title: "Yachts", seo: {} }, project)).toBe("Yachts");
    expect(titleInResults({ title: "About", seo: { title: "Who we are" } }, project)).toBe("Who we are");
    expect(titleInResults({ title: "About" }, { name: "boat", site: { title: " " } })).toBe("About – boat");
  });

  it("has an address of host, folders and page", () => {
    expect(addressOf("https://example.org/sub/", "trips/grenada.html")).toBe("example.org › sub › trips › grenada");
    expect(addressOf("https://example.org", "index.html")).toBe("example.org");
    expect(addressOf("", "de/index.html")).toBe("your-site.example › de");
  });

  it("is cut between words, and a long word in itself", () => {
    expect(cut("short", 10)).toBe("short");
    expect(cut("one two three four five six", 24)).toBe("one two three four five …");
    expect(cut("x".repeat(50), 30)).toHaveLength(12);
  });
});
