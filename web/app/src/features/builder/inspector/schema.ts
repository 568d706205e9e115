// Reads a JSON Schema as a form: which control a value gets, under which name. Pure.
import type { Json, JsonObject, JsonSchema } from "@accid/api-client/types";

export type Control =
  | { kind: "text" | "multiline" | "code" | "link" | "url"; suggestions?: string[] }
  | { kind: "choice"; options: { value: string; title: string }[] }
  | { kind: "number"; isInteger: boolean; minimum?: number; maximum?: number }
  | { kind: "switch" }
  | { kind: "rich" }
  /** `fields` are what a picture itself has, `more` what stands beside it. */
  | { kind: "image"; fields: [string, JsonSchema][]; more: [string, JsonSchema][] }
  | { kind: "photo" }
  | { kind: "video" }
  | { kind: "part" }
  | { kind: "group"; fields: [string, JsonSchema][] }
  | { kind: "list"; item: JsonSchema }
  | { kind: "unknown" };

/** Follows references and takes apart what schemars writes for optional and documented fields. */
export function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const { $ref, allOf, anyOf, ...own } = schema;
  if ($ref) {
    const target = root.$defs?.[$ref.replace(/^#\/\$defs\//, "")];
    return target ? { ...resolve(target, root), ...own } : own;
  }
  if (allOf?.length === 1 && allOf[0]) return { ...resolve(allOf[0], root), ...own };
  const real = anyOf?.filter((one) => one.type !== "null");
  if (real?.length === 1 && real[0]) return { ...resolve(real[0], root), ...own };
  return schema;
}

export function isOptional(schema: JsonSchema): boolean {
  return (schema.anyOf?.some((one) => one.type === "null") ?? false) || (Array.isArray(schema.type) && schema.type.includes("null"));
}

const words = (name: string) => {
  const text = name.replace(/[_-]+/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
};
export const titleOf = (name: string, schema: JsonSchema) => schema.title && !/^[A-Z][a-zA-Z]+$/.test(schema.title) ? schema.title : words(name);

function choicesOf(schema: JsonSchema): { value: string; title: string }[] | null {
  const values = schema["x-accid-choices"] ?? schema.enum?.filter((one): one is string => typeof one === "string")
    ?? (schema.oneOf?.every((one) => typeof one.const === "string") ? schema.oneOf.map((one) => String(one.const)) : undefined);
  if (!values || values.length === 0) return null;
  const labels = schema["x-accid-labels"];
  return values.map((value, index) => ({ value, title: labels?.[index] ?? (value === "" ? "Default" : words(value)) }));
}

export function controlOf(schema: JsonSchema): Control {
  const editor = schema["x-accid-editor"];
  if (editor === "rich-text") return { kind: "rich" };
  if (editor === "photo") return { kind: "photo" };
  if (editor === "video") return { kind: "video" };
  if (editor === "part") return { kind: "part" };
  const choices = choicesOf(schema);
  if (choices) return { kind: "choice", options: choices };
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== "null") : schema.type;
  const limits = { ...(schema.minimum !== undefined ? { minimum: schema.minimum } : {}), ...(schema.maximum !== undefined ? { maximum: schema.maximum } : {}) };
  if (type === "boolean") return { kind: "switch" };
  if (type === "integer" || type === "number") return { kind: "number", isInteger: type === "integer", ...limits };
  if (type === "array") return { kind: "list", item: schema.items ?? {} };
  if (type === "object") {
    const fields = Object.entries(schema.properties ?? {});
    if (!fields.some(([, field]) => field["x-accid-editor"] === "photo")) return { kind: "group", fields };
    const isOfImage = ([name, field]: [string, JsonSchema]) => name === "alt" || ["photo", "decorative", "focus"].includes(field["x-accid-editor"] ?? "");
    return { kind: "image", fields: fields.filter(isOfImage), more: fields.filter((field) => !isOfImage(field)) };
  }
  if (type === "string") {
    const kind = { "multiline": "multiline", "code": "code", "link-target": "link", "url": "url" }[editor ?? ""] ?? "text";
    return { kind: kind as "text", ...(schema["x-accid-suggestions"] ? { suggestions: schema["x-accid-suggestions"] } : {}) };
  }
  return { kind: "unknown" };
}

export interface FieldSet { /** What they have in common; none for those that are always in sight. */ title: string | null; fields: [string, JsonSchema][] }

/** The fields in the groups their schema puts them in: first those of no group, then the groups as they come. */
export function groupFields(fields: [string, JsonSchema][], root: JsonSchema): FieldSet[] {
  const sets: FieldSet[] = [{ title: null, fields: [] }];
  for (const field of fields) {
    const title = resolve(field[1], root)["x-accid-group"] ?? null;
    const set = sets.find((one) => one.title === title);
    if (set) set.fields.push(field);
    else sets.push({ title, fields: [field] });
  }
  return sets.filter((set) => set.fields.length > 0);
}

/** Whether a field has a meaning beside the others as they are: a list of choices has none for a line of text. */
export function isMeant(schema: JsonSchema, root: JsonSchema, siblings: JsonObject, all: [string, JsonSchema][]): boolean {
  const { "x-accid-when": wanted, "x-accid-choices": choices } = resolve(schema, root);
  if (!wanted) return true;
  const own = siblings[all.find(([, one]) => one === schema)?.[0] ?? ""];
  // What somebody wrote is never out of sight.
  if (choices === undefined && ((typeof own === "string" && own !== "") || (Array.isArray(own) && own.length > 0))) return true;
  return Object.entries(wanted).every(([name, values]) => {
    const other = all.find(([one]) => one === name);
    const value = siblings[name] ?? (other ? resolve(other[1], root).default : undefined) ?? "";
    return values.includes(typeof value === "string" ? value : JSON.stringify(value));
  });
}

/** Whether a value says more than leaving it out would. */
export function isTold(value: Json | undefined, given: JsonSchema, root: JsonSchema): boolean {
  if (value === undefined || value === null || value === "") return false;
  if (Array.isArray(value) && value.length === 0) return false;
  return JSON.stringify(value) !== JSON.stringify(blankOf(given, root));
}

/** What a new value of this schema begins as. */
export function blankOf(given: JsonSchema, root: JsonSchema): Json {
  const schema = resolve(given, root);
  if (schema.default !== undefined) return structuredClone(schema.default);
  if (isOptional(given)) return null;
  const control = controlOf(schema);
  switch (control.kind) {
    case "switch": return false;
    case "number": return control.minimum ?? 0;
    case "list": return [];
    case "rich": return { type: "doc", content: [] };
    case "choice": return control.options[0]?.value ?? "";
    // What says nothing when it is left out is left out.
    case "group": case "image": return Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([, field]) => !["decorative", "focus"].includes(field["x-accid-editor"] ?? "")).map(([name, field]) => [name, blankOf(field, root)])) as JsonObject;
    default: return "";
  }
}

/** What an item of a list is called: its own words, else its number. */
export function nameOfItem(item: Json, index: number): string {
  if (typeof item === "string" && item) return item;
  if (typeof item === "object" && item !== null && !Array.isArray(item)) {
    for (const name of ["label", "title", "text", "name", "caption", "alt", "question"]) {
      const value = item[name];
      if (typeof value === "string" && value.trim()) return value;
    }
  }
  return `No. ${index + 1}`;
}
