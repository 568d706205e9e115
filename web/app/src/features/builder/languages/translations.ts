// Which texts a module has, and how they stand in a language. Pure.
import type { Json, JsonObject, JsonSchema, ModuleDocument, ModuleType, PageDocument, PageTranslation, Translation } from "@accid/api-client/types";
import { resolve, titleOf } from "../inspector/schema.ts";

export interface SourceText { pointer: string; label: string; source: Json; kind: "line" | "lines" | "rich" }

const isInline = (value: Json) => typeof value === "object" && value !== null && !Array.isArray(value) && (value["type"] === "text" || value["type"] === "hardBreak");

const plainOf = (value: Json | undefined): string => {
  if (typeof value === "string") return value;
  // Blocks stand below each other; the pieces of a line follow each other.
  if (Array.isArray(value)) return value.map(plainOf).filter(Boolean).join(value.some(isInline) ? "" : "\n");
  if (typeof value !== "object" || value === null) return "";
  if (value["type"] === "hardBreak") return "\n";
  return typeof value["text"] === "string" ? value["text"] : plainOf(value["content"]);
};

/** A text as a person reads it, rich or not. */
export const asPlain = (value: Json | undefined) => plainOf(value);
const isBlank = (value: Json | undefined) => !/\p{L}/u.test(plainOf(value));

function gather(schema: JsonSchema, root: JsonSchema, value: Json | undefined, pointer: string, label: string, into: SourceText[]) {
  const real = resolve(schema, root);
  if (Array.isArray(value)) {
    value.forEach((item, index) => gather(real.items ?? {}, root, item, `${pointer}/${index}`, `${label} ${index + 1}`, into));
  } else if (real["x-accid-translatable"] === true) {
    if (value === undefined || isBlank(value)) return;
    const editor = real["x-accid-editor"];
    into.push({ pointer, label, source: value, kind: editor === "rich-text" ? "rich" : editor === "multiline" ? "lines" : "line" });
  } else if (typeof value === "object" && value !== null) {
    for (const [name, field] of Object.entries(real.properties ?? {})) gather(field, root, value[name], `${pointer}/${name}`, `${label}: ${titleOf(name, resolve(field, root))}`, into);
  }
}

/** The texts of one module, those inside it not among them. */
export function textsOf(module: ModuleDocument, type: ModuleType | undefined): SourceText[] {
  const found: SourceText[] = [];
  if (!type) return found;
  const root = resolve(type.schema, type.schema);
  for (const [name, field] of Object.entries(root.properties ?? {})) {
    const real = resolve(field, type.schema);
    const label = name === "doc" ? "Text" : titleOf(name, real);
    gather(field, type.schema, module.props[name], `/${name}`, label, found);
  }
  const pin = module.place?.label;
  if (pin !== undefined && !isBlank(pin)) found.push({ pointer: "/place/label", label: "Name of the pin", source: pin, kind: "line" });
  return found;
}

export const translationOf = (module: ModuleDocument, language: string, pointer: string): Translation | undefined => module.translations?.[language]?.[pointer];

/** The module with a text in a language; a blank one is no translation. */
export function withTranslation(module: ModuleDocument, language: string, pointer: string, value: Json): ModuleDocument {
  const { [pointer]: _, ...others } = module.translations?.[language] ?? {};
  // Without a fingerprint: the server writes that of the text as it is now.
  const texts = isBlank(value) ? others : { ...others, [pointer]: { value } };
  const { [language]: __, ...rest } = module.translations ?? {};
  const translations = Object.keys(texts).length > 0 ? { ...rest, [language]: texts } : rest;
  const { translations: ___, ...plain } = module;
  return Object.keys(translations).length > 0 ? { ...plain, translations } : plain;
}

export function withPageTranslation(page: PageDocument, language: string, name: Exclude<keyof PageTranslation, "routes">, value: string): PageDocument {
  const { [name]: _, ...others } = page.translations?.[language] ?? {};
  const told: PageTranslation = value ? { ...others, [name]: value } : others;
  const { [language]: __, ...rest } = page.translations ?? {};
  const translations = Object.keys(told).length > 0 ? { ...rest, [language]: told } : rest;
  const { translations: ___, ...plain } = page;
  return Object.keys(translations).length > 0 ? { ...plain, translations } : plain;
}

/** The page with the name of one of its routes in a language. */
export function withRouteName(page: PageDocument, language: string, route: string, value: string): PageDocument {
  const told = page.translations?.[language] ?? {};
  const { [route]: _, ...others } = told.routes ?? {};
  const routes = value ? { ...others, [route]: value } : others;
  const { routes: __, ...rest } = told;
  const next: PageTranslation = Object.keys(routes).length > 0 ? { ...rest, routes } : rest;
  const { [language]: ___, ...languages } = page.translations ?? {};
  const translations = Object.keys(next).length > 0 ? { ...languages, [language]: next } : languages;
  const { translations: ____, ...plain } = page;
  return Object.keys(translations).length > 0 ? { ...plain, translations } : plain;
}

export interface Count { texts: number; translated: number }

/** How many of a page's texts are there in a language, its title among them. */
export function countTexts(page: PageDocument, types: ModuleType[], language: string): Count {
  const count = { texts: 1, translated: page.translations?.[language]?.title?.trim() ? 1 : 0 };
  const visit = (module: ModuleDocument) => {
    for (const text of textsOf(module, types.find((type) => type.type === module.type))) {
      count.texts += 1;
      if (!isBlank(translationOf(module, language, text.pointer)?.value)) count.translated += 1;
    }
    module.children?.forEach(visit);
  };
  page.modules.forEach(visit);
  return count;
}

const sorted = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted((value as JsonObject)[key] ?? null)]));
};

/** What the server writes beside a translation: which text it was made from. */
export async function fingerprint(source: Json): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(sorted(source))));
  return Array.from(new Uint8Array(bytes).slice(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What speakers of the studio's language call a language. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(["en"], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
