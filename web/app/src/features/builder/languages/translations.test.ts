import type { ModuleDocument, ModuleType } from "@accid/api-client/types";
import { describe, expect, it } from "vitest";
import { asPlain, countTexts, fingerprint, textsOf, withPageTranslation, withRouteName, withTranslation } from "./translations.ts";

const text = { "type": "string", "x-accid-translatable": true } as const;
const type = {
  type: "hero", schema: {
    type: "object", properties: {
      title: { ...text, title: "Title" },
      target: { type: "string" },
      buttons: { type: "array", title: "Buttons", items: { type: "object", properties: { label: { ...text, title: "Label" }, target: { type: "string" } } } },
      doc: { "x-accid-editor": "rich-text", "x-accid-translatable": true, "type": "object" },
    },
  },
} as unknown as ModuleType;
const hero: ModuleDocument = {
  id: "h", type: "hero", version: 1,
  props: { title: "The way", target: "page:x", buttons: [{ label: "Go", target: "#" }, { label: " ", target: "" }], doc: { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "Words" }] }] } },
};

describe("texts of a module", () => {
  it("are those its schema says are text, and that say something", () => {
    expect(textsOf(hero, type).map(({ pointer, label, kind }) => [pointer, label, kind])).toEqual([
      ["/title", "Title", "line"], ["/buttons/0/label", "Buttons 1: Label", "line"], ["/doc", "Text", "rich"],
    ]);
  });

  it("are counted once translated, and not when the translation is blank", () => {
    const page = { id: "p", slug: "p", title: "P", modules: [{ ...hero, id: "s", type: "section", props: {}, children: [withTranslation(hero, "de", "/title", "Der Weg")] }] };
    expect(countTexts(page, [type], "de")).toEqual({ texts: 4, translated: 1 });
    expect(countTexts(withPageTranslation(page, "de", "title", "Seite"), [type], "de")).toEqual({ texts: 4, translated: 2 });
    expect(countTexts(page, [type], "fr").translated).toBe(0);
  });

  it("leave nothing behind when a translation is taken away", () => {
    const translated = withTranslation(hero, "de", "/title", "Der Weg");
    expect(translated.translations).toEqual({ de: { "/title": { value: "Der Weg" } } });
    expect(withTranslation(translated, "de", "/title", " ")).toEqual(hero);
    const page = { id: "p", slug: "p", title: "P", modules: [] };
    expect(withPageTranslation(withPageTranslation(page, "de", "slug", "x"), "de", "slug", "")).toEqual(page);
  });

  it("have the fingerprint that the server writes, whatever the order of keys", async () => {
    expect(await fingerprint({ b: 1, a: "x" })).toBe(await fingerprint({ a: "x", b: 1 }));
    // The first 16 digits of the SHA-256 of "The way" with its quotes.
    expect(await fingerprint("The way")).toBe("b345060e9778386c");
  });
});

describe("a rich text read as plain", () => {
  it("has a line for each block, and its pieces in one", () => {
    const words = (text: string, ...marks: string[]) => ({ type: "text", text, marks: marks.map((type) => ({ type })) });
    const doc = { type: "doc", content: [{ type: "heading", content: [words("Title")] }, { type: "paragraph", content: [words("The wall, "), words("the boat", "bold"), words("."), { type: "hardBreak" }, words("End")] }, { type: "bulletList", content: [{ type: "listItem", content: [{ type: "paragraph", content: [words("one")] }] }, { type: "listItem", content: [{ type: "paragraph", content: [words("two")] }] }] }] };
    expect(asPlain(doc)).toBe("Title\nThe wall, the boat.\nEnd\none\ntwo");
  });

  it("names of pins and routes are texts too", () => {
    const placed = { ...hero, place: { lat: 13, lon: -61, label: "The bay" } };
    expect(textsOf(placed, type).at(-1)).toEqual({ pointer: "/place/label", label: "Name of the pin", source: "The bay", kind: "line" });
    const page = { id: "p", slug: "p", title: "P", modules: [] } as unknown as Parameters<typeof withRouteName>[0];
    const told = withRouteName(page, "de", "south", "Nach Süden");
    expect(told.translations).toEqual({ de: { routes: { south: "Nach Süden" } } });
    expect(withRouteName(told, "de", "south", "")).toEqual(page);
  });
});
