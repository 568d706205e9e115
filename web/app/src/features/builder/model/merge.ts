// Brings together two edits of the same page, object by object: the page's own fields, the order of its modules, and
// every module for itself. Pure.
import type { Json, ModuleDocument, PageDocument } from "@accid/api-client/types";
import { isEqual } from "./patch.ts";
import { findModule, flatten, insertModule, placeOf } from "./tree.ts";

export type Side = "mine" | "theirs";
/** One object that both sides changed. `key` is `page`, `structure`, or the id of a module. */
export interface Conflict { key: string; mine: Json; theirs: Json }
export interface Merge { conflicts: Conflict[]; result: (choices: Record<string, Side>) => PageDocument }

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

const asJson = (value: unknown) => (value ?? null) as Json;

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
  const decide = (key: string, before: Json, one: Json, other: Json): Side | "ask" => {
    if (isEqual(one, other) || isEqual(one, before)) return "theirs";
    if (isEqual(other, before)) return "mine";
    conflicts.push({ key, mine: one, theirs: other });
    return "ask";
  };
  const decisions = new Map<string, Side | "ask">();
  decisions.set("page", decide("page", a.page, m.page, t.page));
  decisions.set("structure", decide("structure", a.structure, m.structure, t.structure));
  for (const id of new Set([...m.modules.keys(), ...t.modules.keys()])) {
    const [before, one, other] = [a.modules.get(id), m.modules.get(id), t.modules.get(id)];
    // A module that one side removed and the other left alone is gone; one that was changed is asked for.
    decisions.set(id, decide(id, asJson(before), asJson(one), asJson(other)));
  }
  const result = (choices: Record<string, Side>): PageDocument => {
    const sideOf = (key: string): Side => {
      const decision = decisions.get(key) ?? "theirs";
      return decision === "ask" ? choices[key] ?? "mine" : decision;
    };
    const contentOf = (id: string) => (sideOf(id) === "mine" ? m : t).modules.get(id) ?? null;
    const structure = sideOf("structure");
    const own = (sideOf("page") === "mine" ? mine : theirs);
    const modules = putTogether((structure === "mine" ? m : t).shapes, contentOf);
    const other = structure === "mine" ? theirs : mine;
    const wanted = (id: string) => contentOf(id) !== null && (!a.modules.has(id) || decisions.get(id) === "ask");
    return { ...own, modules: addMissing(modules, other, wanted) };
  };
  return { conflicts, result };
}
