// The style values the inspector offers, in groups, and where a value comes from. Pure.
import type { Json, ModuleDocument, StyleValues } from "@accid/api-client/types";
import type { Viewport } from "../model/view.ts";

export interface StyleField { name: string; label: string; suggestions: string[]; kind: "text" | "colour" | "choice"; help?: string }
const spaces = ["none", "xs", "s", "m", "l", "xl", "24px"];
const colours = ["text", "muted", "accent", "background", "surface"];
const text = (name: string, label: string, suggestions: string[], help?: string): StyleField => ({ name, label, suggestions, kind: "text", ...(help ? { help } : {}) });
const colour = (name: string, label: string, suggestions = colours): StyleField => ({ name, label, suggestions, kind: "colour" });
const choice = (name: string, label: string, suggestions: string[]): StyleField => ({ name, label, suggestions, kind: "choice" });

export const styleGroups: { title: string; begins: "open" | "closed"; fields: StyleField[] }[] = [
  { title: "Space", begins: "open", fields: [
    text("padding_top", "Inside, above", spaces), text("padding_bottom", "Inside, below", spaces), text("padding_inline", "Inside, left and right", spaces),
    text("gap", "Between modules inside", spaces), text("margin_top", "To what is above", spaces), text("margin_bottom", "To what is below", spaces),
  ] },
  { title: "Text", begins: "open", fields: [
    choice("text_align", "Alignment", ["start", "center", "end"]), choice("font_family", "Font", ["heading", "body", "label"]),
    text("font_size", "Size", ["s", "m", "l", "xl", "18px"]), text("font_weight", "Weight", ["light", "normal", "medium", "bold", "600"]),
    text("line_height", "Height of a line", ["tight", "normal", "loose", "1.4"]), colour("color", "Colour"),
  ] },
  { title: "Background", begins: "open", fields: [
    colour("background", "Colour behind", ["background", "surface", "accent", "text"]),
    text("background_gradient", "Gradient", ["surface, background", "accent, text", "135deg, #0b6270, #12303a"], "Two or three colours, with an angle before them if you like."),
  ] },
  { title: "Border and shadow", begins: "closed", fields: [
    text("border_width", "Width of the border", ["none", "s", "m", "l", "1px"]), colour("border_color", "Colour of the border"),
    text("radius", "Rounding", ["none", "s", "m", "l", "8px"]), text("shadow", "Shadow", ["none", "s", "m", "l", "0 4px 12px #00000033"]),
  ] },
];

const titles: Record<string, string> = { start: "Left", center: "Centred", end: "Right", heading: "As titles", body: "As texts", label: "As labels" };
export const titleOfChoice = (value: string) => titles[value] ?? value;

export const screenNames: Record<Viewport, string> = { desktop: "Desktop", tablet: "Tablet", phone: "Phone" };
/** From the given screen outwards: whose value holds where it has none of its own. */
const order: Viewport[] = ["phone", "tablet", "desktop"];

const isSet = (value: Json | undefined) => value !== undefined && value !== "" && value !== null && !(typeof value === "object" && !Array.isArray(value) && value["photo"] === "");

export interface Source { value: Json | undefined; from: Viewport | null; isOwn: boolean }
/** Which value holds on a screen, and which screen it was set for. */
export function sourceOf(module: ModuleDocument, at: Viewport, name: string): Source {
  for (const screen of order.slice(order.indexOf(at))) {
    const value = (module.style?.[screen] as StyleValues | undefined)?.[name];
    if (isSet(value)) return { value, from: screen, isOwn: screen === at };
  }
  return { value: undefined, from: null, isOwn: false };
}

/** The same for several modules: what they do not share is told as `mixed`. */
export function sourceOfAll(modules: ModuleDocument[], at: Viewport, name: string): Source & { isMixed: boolean } {
  const all = modules.map((module) => sourceOf(module, at, name));
  const first = all[0] ?? { value: undefined, from: null, isOwn: false };
  const isMixed = all.some((one) => JSON.stringify(one.value) !== JSON.stringify(first.value));
  return { ...first, isOwn: all.some((one) => one.isOwn), isMixed };
}

/** A module with a value of its own on a screen, or without one. */
export function withStyle(module: ModuleDocument, at: Viewport, name: string, value: Json | undefined): ModuleDocument {
  const { [name]: _, ...rest } = (module.style?.[at] ?? {}) as StyleValues;
  return { ...module, style: { ...module.style, [at]: value === undefined || value === "" ? rest : { ...rest, [name]: value } } };
}
