// What people call a value of a module or of a page, from the pointer that leads to it, and how it reads. Pure.
import type { Json, JsonSchema, ModuleDocument, ModuleType } from "@accid/api-client/types";
import { resolve, titleOf } from "../inspector/schema.ts";
import { screenNames, styleGroups } from "../inspector/styleFields.ts";
import { asPlain, languageName } from "../languages/translations.ts";
import { splitPointer } from "./patch.ts";
import type { Viewport } from "./view.ts";

const ofPage: Record<string, string> = {
  "title": "Title of the page", "slug": "Address", "language": "Language", "parent": "Nested under", "order": "Place among the pages", "css": "CSS of this page", "kind": "Kind of page", "date": "Date",
  "author": "Author", "tags": "Tags", "navigation/show": "Listed in navigation", "navigation/label": "Name in the navigation", "seo/title": "Title in search results", "seo/description": "Description",
  "seo/canonical": "Canonical address", "seo/hidden": "Hidden from search engines", "seo/image": "Picture of the social card",
  "navigation_label": "Name in the navigation", "seo_title": "Title in search results", "seo_description": "Description",
};
const ofModule: Record<string, string> = { "layout/width": "Width", "layout/align": "Where its content stands", "anchor": "Anchor", "css": "CSS of this module", "visibility/published": "Published", "visibility/desktop": "On desktops", "visibility/tablet": "On tablets", "visibility/phone": "On phones" };

const plainName = (parts: string[]) => titleOf(parts.join(" "), {});

/** The names of the fields that lead to a value of a module's content, such as `Fields 2: Label`. */
function ofProps(parts: string[], type: ModuleType | undefined): string {
  let schema: JsonSchema = type ? resolve(type.schema, type.schema) : {};
  const root = type?.schema ?? {};
  const names: string[] = [];
  for (const part of parts) {
    const isItem = /^\d+$/.test(part);
    const next = isItem ? schema.items ?? {} : schema.properties?.[part] ?? {};
    const own = resolve(next, root);
    if (isItem) names.push(`${names.pop() ?? ""} ${Number(part) + 1}`.trim());
    else names.push(part === "doc" ? "Text" : titleOf(part, own));
    schema = own;
  }
  return names.join(": ");
}

/** What a value is called; empty for the whole of a module. */
export function nameOfField(pointer: string, module: ModuleDocument | null, types: ModuleType[]): string {
  const [area = "", ...rest] = splitPointer(pointer);
  const type = types.find((one) => one.type === module?.type);
  if (area === "translations") return `${languageName(rest[0] ?? "")}: ${module ? ofProps(splitPointer(rest[1] ?? ""), type) : ofPage[rest[1] ?? ""] ?? plainName(rest.slice(1))}`;
  if (!module) return ofPage[[area, ...rest].join("/")] ?? plainName([area, ...rest]);
  if (area === "props") return ofProps(rest, type);
  if (area === "style") {
    const field = styleGroups.flatMap((group) => group.fields).find((one) => one.name === rest[1]);
    return `Style, ${screenNames[rest[0] as Viewport].toLowerCase()}${rest[1] ? `: ${field?.label ?? plainName(rest.slice(1))}` : ""}`;
  }
  return ofModule[[area, ...rest].join("/")] ?? plainName([area, ...rest]);
}

const longest = 280;

/** How a value reads in a sentence's place: words as they are, switches as On and Off. */
export function readable(value: Json): string {
  if (value === null || value === "") return "Nothing";
  if (typeof value === "boolean") return value ? "On" : "Off";
  if (typeof value === "object" && !Array.isArray(value) && typeof value["photo"] === "string" && !value["alt"]) return value["photo"] ? "Another picture" : "No picture";
  const isTranslation = typeof value === "object" && !Array.isArray(value) && value["value"] !== undefined;
  const texts = typeof value === "object" ? wordsIn(isTranslation ? (value["value"] ?? null) : value) : String(value);
  const text = texts.trim() || (Array.isArray(value) ? (value.length === 1 ? "1 entry" : `${value.length} entries`) : "Changed");
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** All words in a value, a line for each of its texts. */
function wordsIn(value: Json): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(wordsIn).filter(Boolean).join("\n");
  if (typeof value !== "object" || value === null) return "";
  if (value["type"] === "doc") return asPlain(value);
  return Object.entries(value).flatMap(([name, inner]) => (name === "photo" || name === "id" ? [] : typeof inner === "boolean" || typeof inner === "number" ? [] : [wordsIn(inner)])).filter(Boolean).join(" · ");
}
