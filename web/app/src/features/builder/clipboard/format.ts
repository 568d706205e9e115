// ACCID's own format on the clipboard: modules as they are stored, with where they come from. What stands there may come
// from anywhere, so reading trusts nothing. Pure.
import type { Json, JsonObject, ModuleDocument } from "@accid/api-client/types";
import { copyModule, flatten } from "../model/tree.ts";

/** As browsers name formats of applications: `web ` keeps them from being taken for their own. */
export const ownType = "web application/x-accid+json";
/** Where the same text lies in HTML, for programs and browsers that carry nothing else. */
const htmlMark = "data-accid-clip";
const mostModules = 500;
const deepest = 16;
const longest = 4_000_000;

export interface Clip {
  /** The project and page the modules were taken from. */
  project: string; page: string; modules: ModuleDocument[];
  /** What the pictures are called there, by their ids. */
  pictures: Record<string, string>;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

export const writeClip = (clip: Clip): string => JSON.stringify({ accid: 1, ...clip });

/** A module with nothing but the fields a module has; null when it is none. */
function readModule(value: unknown, depth: number, budget: { left: number }): ModuleDocument | null {
  if (!isObject(value) || depth > deepest || budget.left <= 0) return null;
  const { id, type, version, props, layout, style, css, visibility, anchor, place, translations, children } = value;
  if (typeof id !== "string" || typeof type !== "string" || !/^[a-z][a-z0-9-]{0,63}$/.test(type) || !isObject(props)) return null;
  budget.left -= 1;
  const inside = Array.isArray(children) ? children.flatMap((child) => readModule(child, depth + 1, budget) ?? []) : [];
  const kept = { ...(isObject(layout) ? { layout } : {}), ...(isObject(style) ? { style } : {}), ...(isObject(visibility) ? { visibility } : {}), ...(isObject(translations) ? { translations } : {}), ...(isObject(place) ? { place } : {}) };
  return {
    id, type, version: typeof version === "number" && Number.isInteger(version) && version > 0 ? version : 1, props: props as JsonObject, ...kept,
    ...(typeof css === "string" && css ? { css } : {}), ...(typeof anchor === "string" && anchor ? { anchor } : {}), ...(inside.length > 0 ? { children: inside } : {}),
  } as ModuleDocument;
}

export function readClip(text: string): Clip | null {
  if (text.length > longest) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || value["accid"] !== 1 || !Array.isArray(value["modules"])) return null;
    const budget = { left: mostModules };
    const modules = value["modules"].flatMap((one) => readModule(one, 0, budget) ?? []);
    const { project, page } = value;
    const pictures = isObject(value["pictures"]) ? Object.fromEntries(Object.entries(value["pictures"]).filter((entry): entry is [string, string] => typeof entry[1] === "string")) : {};
    return modules.length > 0 ? { modules, pictures, project: typeof project === "string" ? project : "", page: typeof page === "string" ? page : "" } : null;
  } catch {
    return null;
  }
}

const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** HTML that other programs can read, and that holds the modules as they are for another ACCID. */
export const clipToHtml = (clip: Clip): string => `<div ${htmlMark}="${escape(writeClip(clip))}">${readable(clip.modules)}</div>`;

export function clipInHtml(html: string): Clip | null {
  if (!html.includes(htmlMark)) return null;
  const found = new DOMParser().parseFromString(html, "text/html").querySelector(`[${htmlMark}]`)?.getAttribute(htmlMark);
  return found ? readClip(found) : null;
}

/** All texts of a value that people read, in order. */
function texts(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (!isObject(value)) return [];
  if (value["type"] === "text" && typeof value["text"] === "string") return [value["text"]];
  return Object.entries(value).flatMap(([name, inner]) => (typeof inner === "string" ? (["title", "text", "label", "caption", "heading", "code", "name"].includes(name) ? [inner] : []) : texts(inner as Json)));
}

const wordsOf = (modules: ModuleDocument[]) => flatten(modules).map(({ module }) => texts(module.props).filter(Boolean)).filter((words) => words.length > 0);
const readable = (modules: ModuleDocument[]) => wordsOf(modules).map((words) => `<p>${words.map(escape).join("<br>")}</p>`).join("") || "<p></p>";
export const clipToText = (clip: Clip): string => wordsOf(clip.modules).map((words) => words.join("\n")).join("\n\n");

/** The ids of the pictures that a value shows: whatever is called `photo` holds one. */
export function photosIn(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(photosIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === "photo" && typeof inner === "string" && inner ? [inner] : photosIn(inner as Json)));
}
export const photosOf = (modules: ModuleDocument[]): string[] => [...new Set(flatten(modules).flatMap(({ module }) => [...photosIn(module.props), ...photosIn(module.style as unknown as Json)]))];

/** The same value with other pictures; those without a successor are taken away. */
export function replacePhotos(value: Json, successor: (id: string) => string): Json {
  if (Array.isArray(value)) return value.map((one) => replacePhotos(one, successor));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, name === "photo" && typeof inner === "string" && inner ? successor(inner) : replacePhotos(inner as Json, successor)])) as JsonObject;
}

/** Modules as they are put onto a page: with ids of their own, and with the anchors that are still free there. */
export function freshModules(modules: ModuleDocument[], page: ModuleDocument[]): ModuleDocument[] {
  const taken = new Set(flatten(page).flatMap(({ module }) => module.anchor ?? []));
  const anchored = (copy: ModuleDocument, from: ModuleDocument): ModuleDocument => {
    const free = from.anchor && !taken.has(from.anchor) ? from.anchor : null;
    if (free) taken.add(free);
    return { ...copy, ...(free ? { anchor: free } : {}), ...(copy.children ? { children: copy.children.map((child, index) => anchored(child, from.children?.[index] ?? child)) } : {}) };
  };
  return modules.map((module) => anchored(copyModule(module), module));
}
