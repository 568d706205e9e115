// Operations on several modules at once. Pure. A module goes with the one it stands in, so of two of which one is
// inside the other, the outer counts.
import type { ModuleDocument } from "@accid/api-client/types";
import { changeModule, copyModule, findModule, flatten, insertModule, placeOf, removeModule, siblingsOf, type Place } from "./tree.ts";

/** The outermost of the modules named, in the order of the page. */
export function outermost(modules: ModuleDocument[], ids: readonly string[]): ModuleDocument[] {
  const wanted = new Set(ids);
  const walk = (list: ModuleDocument[]): ModuleDocument[] => list.flatMap((module) => (wanted.has(module.id) ? [module] : walk(module.children ?? [])));
  return walk(modules);
}

/** What they all stand in: `null` is the page itself; `undefined` when they stand in different places. */
export function commonParent(modules: ModuleDocument[], ids: readonly string[]): string | null | undefined {
  const parents = new Set(outermost(modules, ids).map((module) => placeOf(modules, module.id)?.parent));
  return parents.size === 1 ? [...parents][0] : undefined;
}

/** Everything from one module to another in the order of the page, both included. */
export function rangeBetween(order: readonly string[], from: string, to: string): string[] {
  const [a, b] = [order.indexOf(from), order.indexOf(to)];
  return a === -1 || b === -1 ? [to] : order.slice(Math.min(a, b), Math.max(a, b) + 1);
}

export const removeModules = (modules: ModuleDocument[], ids: readonly string[]): ModuleDocument[] =>
  outermost(modules, ids).reduce((now, module) => removeModule(now, module.id), modules);

const insertAll = (modules: ModuleDocument[], place: Place, added: readonly ModuleDocument[]): ModuleDocument[] =>
  added.reduce((now, module, count) => insertModule(now, { ...place, index: place.index + count }, module), modules);

/** Moves modules to a place, side by side; `place` counts with all of them still where they are. Into themselves they do
 * not go. */
export function moveModules(modules: ModuleDocument[], ids: readonly string[], place: Place): ModuleDocument[] {
  const moved = outermost(modules, ids);
  const { parent } = place;
  if (moved.length === 0 || (parent !== null && moved.some((module) => module.id === parent || findModule(module.children ?? [], parent)))) return modules;
  const before = siblingsOf(modules, parent).slice(0, place.index).filter((sibling) => moved.some((module) => module.id === sibling.id)).length;
  const after = insertAll(removeModules(modules, ids), { parent, index: place.index - before }, moved);
  const order = (list: ModuleDocument[]) => flatten(list).map((row) => `${row.module.id} in ${row.parent}`).join();
  return order(after) === order(modules) ? modules : after;
}

/** Copies, behind the last of them when they stand in the same place, else each behind its own. */
export function duplicateModules(modules: ModuleDocument[], ids: readonly string[]): { modules: ModuleDocument[]; copies: string[] } {
  const chosen = outermost(modules, ids);
  const copies = chosen.map(copyModule);
  const last = chosen[chosen.length - 1];
  const place = last ? placeOf(modules, last.id) : null;
  if (!place) return { modules, copies: [] };
  const added = commonParent(modules, ids) !== undefined
    ? insertAll(modules, { ...place, index: place.index + 1 }, copies)
    : chosen.reduce((now, module, at) => {
      const own = placeOf(now, module.id);
      return own ? insertModule(now, { ...own, index: own.index + 1 }, copies[at] as ModuleDocument) : now;
    }, modules);
  return { modules: added, copies: copies.map((copy) => copy.id) };
}

/** Puts modules into a new container that stands where the first of them stood. */
export function wrapModules(modules: ModuleDocument[], ids: readonly string[], container: ModuleDocument): ModuleDocument[] {
  const chosen = outermost(modules, ids);
  const place = chosen[0] ? placeOf(modules, chosen[0].id) : null;
  return place ? insertModule(removeModules(modules, ids), place, { ...container, children: chosen }) : modules;
}

/** Puts what stands in containers into their place; the containers themselves go. What holds nothing stays. */
export function unwrapModules(modules: ModuleDocument[], ids: readonly string[]): { modules: ModuleDocument[]; freed: string[] } {
  const opened = outermost(modules, ids).filter((module) => (module.children?.length ?? 0) > 0);
  const result = opened.reduce((now, module) => {
    const place = placeOf(now, module.id);
    return place ? insertAll(removeModule(now, module.id), place, module.children ?? []) : now;
  }, modules);
  return { modules: result, freed: opened.flatMap((module) => (module.children ?? []).map((child) => child.id)) };
}

/** Changes each of several modules. */
export const changeModules = (modules: ModuleDocument[], ids: readonly string[], update: (module: ModuleDocument) => ModuleDocument): ModuleDocument[] =>
  ids.reduce((now, id) => changeModule(now, id, update), modules);
