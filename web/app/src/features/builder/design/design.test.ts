// Drafts of a look: what is kept of them, and how they are shown without being saved.
import { describe, expect, it } from "vitest";
import { chooseTheme, drawnLook, openDrafts, setDraft, sixDigits, useDrafts, writeToken } from "./drafts.ts";
import { dropDraftSheet, showDraftSheet, withBase } from "./sheets.ts";
import { coloursOf, fontChoices, pixels } from "./tokens.ts";

const harbour = { name: "harbour", title: "Harbour", audience: "", description: "", mode: "auto" as const, tokens: { "color-accent": "#0b6270", "dark-color-accent": "#72cbd6", "font-body": "source-serif", radius: "6px" } };
const saved = { name: "harbour", mode: "auto" as const, tokens: { "color-accent": "#123456" }, extra: 1 };

describe("a draft of the look", () => {
  it("names only what differs from the theme, and keeps what it does not know", () => {
    const changed = writeToken(saved, harbour, "radius", "0px");
    expect(changed).toEqual({ ...saved, tokens: { "color-accent": "#123456", radius: "0px" } });
    expect(writeToken(changed, harbour, "color-accent", "#0B6270").tokens).toEqual({ radius: "0px" });
    expect(writeToken(changed, harbour, "radius", "").tokens).toEqual({ "color-accent": "#123456" });
  });

  it("takes another theme with that theme's own colours, and the saved one as it was saved", () => {
    const dark = { ...harbour, name: "darkroom", mode: "dark" as const };
    const themes = [harbour, dark];
    const other = chooseTheme(saved, saved, dark, themes);
    expect(other).toEqual({ ...saved, name: "darkroom", mode: "dark", tokens: {} });
    expect(chooseTheme(other, saved, harbour, themes)).toEqual(saved);
    const light = { ...saved, mode: "light" as const };
    expect(chooseTheme(light, light, dark, themes).mode).toBe("light");
  });

  it("is kept in the browser until it is saved or dropped, for the one project", () => {
    openDrafts("boats", "id-1");
    setDraft("boats", { theme: { name: "atelier", mode: "auto" } });
    useDrafts.setState({ project: null, id: "", theme: null, site: null });
    openDrafts("boats", "id-2");
    expect(useDrafts.getState().theme).toBeNull();
    useDrafts.setState({ project: null });
    openDrafts("boats", "id-1");
    expect(useDrafts.getState().theme?.name).toBe("atelier");
    setDraft("boats", { theme: null });
    expect(Object.keys(localStorage).filter((key) => key.startsWith("accid.design"))).toEqual([]);
  });

  it("is drawn with the side that is looked at, and not at all when it is the saved one", () => {
    expect(drawnLook(null, saved, null)).toBeNull();
    expect(drawnLook(null, saved, "dark")?.mode).toBe("dark");
    expect(drawnLook(null, { ...saved, mode: "light" }, "dark")).toBeNull();
    expect(drawnLook({ ...saved, mode: "light" }, saved, "dark")?.mode).toBe("light");
  });

  it("reads colours and sizes as people write them", () => {
    expect(sixDigits(" #ABC ")).toBe("#aabbcc");
    expect(sixDigits("red")).toBeNull();
    expect(pixels("18px")).toBe(18);
    expect(pixels("1rem")).toBeNull();
    expect(coloursOf(harbour, "dark")).toEqual([{ name: "dark-color-accent", title: "Accent" }]);
    expect(fontChoices([harbour], "cormorant").map((one) => one.value)).toEqual(["cormorant", "source-serif"]);
  });

  it("takes the place of the site's sheet and leaves no trace when it is dropped", () => {
    document.head.innerHTML = '<link rel="stylesheet" href="https://example.org/canvas/p/assets/site.css"><style>.s-hero{}</style>';
    const before = document.head.innerHTML;
    showDraftSheet(document, "@font-face{src:url(fonts/a.woff2)}");
    const style = document.head.querySelector("style[data-accid-draft]");
    expect(style?.textContent).toBe("@font-face{src:url(https://example.org/canvas/p/assets/fonts/a.woff2)}");
    expect(document.head.lastElementChild?.textContent).toBe(".s-hero{}");
    expect(document.querySelector("link")?.disabled).toBe(true);
    dropDraftSheet(document);
    document.querySelector("link")?.removeAttribute("disabled");
    expect(document.head.innerHTML).toBe(before);
    expect(withBase('url("data:x") url(/a) url(#b)', "/c/")).toBe('url("data:x") url(/a) url(#b)');
  });
});
