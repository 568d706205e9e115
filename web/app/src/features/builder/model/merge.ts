// Brings together two edits of the same page, value by value: the page's own fields, the order of its modules, and
// every field of every module for itself. Pure.
import type { Json, JsonObject, ModuleDocument, PageDocument } from "@accid/api-client/types";
import { isEqual, joinPointer } from "./patch.ts";
import { findModule, flatten, insertModule, placeOf } from "./tree.ts";

export type Side = "mine" | "theirs";
/**
 * One value that both sides changed. `object` is `page`, `structure`, or the id of a module; `pointer` leads from there to
 * the value and is empty when it is about the whole of it, as when one side removed a module. `key` names both.
 */
export interface Conflict { key: string; object: string; pointer: string; base: Json; mine: Json; theirs: Json }
export interface Merge { conflicts: Conflict[]; result: (choices: Record<string, Side>) => PageDocument }

type Choices = Record<string, Side>;
/** A value once it is known whose is kept. `undefined` is one that is not there. */
type Decided = (choices: Choices) => Json | undefined;

const isObject = (value: Json | undefined): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);
/** What is one value although it has parts: half of one text, picture, point or translation and half of another is nobody's. */
const isWhole = (value: JsonObject) => value["type"] === "doc" || "photo" in value || "of" in value || ("x" in value && "y" in value);
const isRecord = (value: Json | undefined): value is JsonObject => isObject(value) && !isWhole(value);

function mergeValue(base: Json | undefined, mine: Json | undefined, theirs: Json | undefined, at: { object: string; pointer: string }, out: Conflict[]): Decided {
  if (isEqual(mine, theirs) || isEqual(mine, base)) return () => theirs;
  if (isEqual(theirs, base)) return () => mine;
  if (isRecord(mine) && isRecord(theirs) && (isRecord(base) || base === undefined)) {
    const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
    const decided = names.map((name): [string, Decided] => [name, mergeValue(base?.[name], mine[name], theirs[name], { object: at.object, pointer: at.pointer + joinPointer(name) }, out)]);
    return (choices) => Object.fromEntries(decided.flatMap(([name, decide]) => { const value = decide(choices); return value === undefined ? [] : [[name, value]]; }));
  }
  const key = at.object + at.pointer;
  out.push({ key, ...at, base: base ?? null, mine: mine ?? null, theirs: theirs ?? null });
  return (choices) => ((choices[key] ?? "mine") === "mine" ? mine : theirs);
}

type Content = Omit<ModuleDocument, "children">;
interface Shape { id: string; children: Shape[] }
interface Parts { page: Json; structure: Json; shapes: Shape[]; modules: Map<string, Content> }

const shapeOf = (module: ModuleDocument): Shape => ({ id: module.id, children: (module.children ?? []).map(shapeOf) });

function takeApart(page: PageDocument): Parts {
  const { modules, ...own } = page;
  const contents = new Map<string, Content>();
  for (const { module } of flatten(modules)) {
    const { children: _, ...content } = module;
    contents.set(module.id, content);
  }
  const shapes = modules.map(shapeOf);
  return { page: own as unknown as Json, structure: shapes as unknown as Json, shapes, modules: contents };
}

const asJson = (value: Content | undefined) => value as unknown as Json | undefined;

function putTogether(shapes: Shape[], contentOf: (id: string) => Content | null): ModuleDocument[] {
  return shapes.flatMap((shape) => {
    const content = contentOf(shape.id);
    if (!content) return [];
    const children = putTogether(shape.children, contentOf);
    return [{ ...content, ...(children.length > 0 ? { children } : {}) }];
  });
}

/** Modules that the other side made and the chosen order does not know: put where they stood. */
function addMissing(modules: ModuleDocument[], other: PageDocument, isNew: (id: string) => boolean): ModuleDocument[] {
  return flatten(other.modules).reduce((now, { module }) => {
    if (!isNew(module.id) || findModule(now, module.id)) return now;
    const place = placeOf(other.modules, module.id) ?? { parent: null, index: now.length };
    const parent = place.parent && findModule(now, place.parent) ? place.parent : null;
    return insertModule(now, { parent, index: place.index }, module);
  }, modules);
}

export function mergePages(base: PageDocument, mine: PageDocument, theirs: PageDocument): Merge {
  const [a, m, t] = [takeApart(base), takeApart(mine), takeApart(theirs)];
  const conflicts: Conflict[] = [];
  const decide = (object: string, before: Json | undefined, one: Json | undefined, other: Json | undefined) => mergeValue(before, one, other, { object, pointer: "" }, conflicts);
  const ownFields = decide("page", a.page, m.page, t.page);
  const structure = decide("structure", a.structure, m.structure, t.structure);
  const contents = new Map<string, Decided>();
  const asked = new Set<string>();
  for (const id of new Set([...m.modules.keys(), ...t.modules.keys()])) {
    // A module that one side removed and the other left alone is gone; one that was changed is asked for.
    const before = conflicts.length;
    contents.set(id, decide(id, asJson(a.modules.get(id)), asJson(m.modules.get(id)), asJson(t.modules.get(id))));
    if (conflicts.length > before) asked.add(id);
  }
  const result = (choices: Choices): PageDocument => {
    const contentOf = (id: string) => (contents.get(id)?.(choices) ?? null) as unknown as Content | null;
    const shapes = structure(choices) as unknown as Shape[];
    const isMine = isEqual(shapes as unknown as Json, m.structure);
    const modules = putTogether(shapes, contentOf);
    const other = isMine ? theirs : mine;
    const wanted = (id: string) => contentOf(id) !== null && (!a.modules.has(id) || asked.has(id));
    return { ...(ownFields(choices) as unknown as Omit<PageDocument, "modules">), modules: addMissing(modules, other, wanted) };
  };
  return { conflicts, result };
}
