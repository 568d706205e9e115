// What the design tokens are called, and how they are grouped.
import type { Theme } from "@accid/api-client/types";

const colours: Record<string, string> = {
  background: "Ground", surface: "Panels", text: "Text", muted: "Quiet text", accent: "Accent", deep: "Deep", line: "Lines", signal: "Signal",
};
const fonts: Record<string, string> = { "font-heading": "Headings", "font-body": "Text", "font-label": "Labels and buttons" };

const sentence = (name: string) => { const words = name.replace(/-/g, " "); return words.charAt(0).toUpperCase() + words.slice(1); };

export interface Token { name: string; title: string }

/** The colours of the light or the dark side. */
export function coloursOf(theme: Theme, side: "light" | "dark"): Token[] {
  const start = side === "dark" ? "dark-color-" : "color-";
  return Object.keys(theme.tokens).filter((name) => name.startsWith(start)).map((name) => {
    const bare = name.slice(start.length);
    return { name, title: colours[bare] ?? sentence(bare) };
  });
}

export const fontsOf = (theme: Theme): Token[] =>
  Object.keys(theme.tokens).filter((name) => name.startsWith("font-")).map((name) => ({ name, title: fonts[name] ?? sentence(name.slice(5)) }));

/** Every font that some theme uses; a site may name any of them. */
export function fontChoices(themes: Theme[], current: string): { value: string; title: string }[] {
  const names = themes.flatMap((theme) => Object.entries(theme.tokens).filter(([name]) => name.startsWith("font-")).map(([, value]) => value));
  return [...new Set([...names, current])].filter(Boolean).sort().map((value) => ({ value, title: sentence(value) }));
}

/** Such as 18 of "18px"; null for other units, which are left to the text field. */
export function pixels(value: string): number | null {
  const found = /^(\d+(?:\.\d+)?)px$/.exec(value.trim());
  return found ? Number(found[1]) : null;
}
