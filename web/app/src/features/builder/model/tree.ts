// Modules as a tree: find, take, put, move. Pure.
import type { Json, JsonObject, ModuleDocument, ModuleType, PageDocument } from "@accid/api-client/types";
import { newId } from "../../../shared/newId.ts";

export { newId };

export interface Place { parent: string | null; index: number }

export function findModule(modules: ModuleDocument[], id: string): ModuleDocument | null {
  for (const module of modules) {
    const found = module.id === id ? module : findModule(module.children ?? [], id);
    if (found) return found;
  }
  return null;
}

export function placeOf(modules: ModuleDocument[], id: string, parent: string | null = null): Place | null {
  const index = modules.findIndex((module) => module.id === id);
  if (index !== -1) return { parent, index };
  for (const module of modules) {
    const found = placeOf(module.children ?? [], id, module.id);
    if (found) return found;
  }
  return null;
}

/** The modules around one, from the inside out. */
export function ancestorsOf(modules: ModuleDocument[], id: string): string[] {
  const parent = placeOf(modules, id)?.parent;
  return parent ? [parent, ...ancestorsOf(modules, parent)] : [];
}

export const siblingsOf = (modules: ModuleDocument[], parent: string | null): ModuleDocument[] =>
  (parent === null ? modules : findModule(modules, parent)?.children ?? []);

export function changeModule(modules: ModuleDocument[], id: string, change: (module: ModuleDocument) => ModuleDocument): ModuleDocument[] {
  return modules.map((module) => {
    if (module.id === id) return change(module);
    if (!module.children) return module;
    const children = changeModule(module.children, id, change);
    return children.some((child, index) => child !== module.children?.[index]) ? { ...module, children } : module;
  });
}

export function removeModule(modules: ModuleDocument[], id: string): ModuleDocument[] {
  return modules.filter((module) => module.id !== id).map((module) => {
    if (!module.children || !findModule(module.children, id)) return module;
    const children = removeModule(module.children, id);
    if (children.length > 0) return { ...module, children };
    const { children: _, ...rest } = module;
    return rest;
  });
}

export function insertModule(modules: ModuleDocument[], place: Place, module: ModuleDocument): ModuleDocument[] {
  const put = (list: ModuleDocument[]) => [...list.slice(0, place.index), module, ...list.slice(place.index)];
  if (place.parent === null) return put(modules);
  return changeModule(modules, place.parent, (parent) => ({ ...parent, children: put(parent.children ?? []) }));
}

/** Moves a module; `place` counts with the module still where it is. Into itself it does not go. */
export function moveModule(modules: ModuleDocument[], id: string, place: Place): ModuleDocument[] {
  const module = findModule(modules, id);
  const from = placeOf(modules, id);
  if (!module || !from) return modules;
  if (place.parent !== null && (place.parent === id || findModule(module.children ?? [], place.parent))) return modules;
  const index = from.parent === place.parent && from.index < place.index ? place.index - 1 : place.index;
  if (from.parent === place.parent && from.index === index) return modules;
  return insertModule(removeModule(modules, id), { parent: place.parent, index }, module);
}

export interface FlatModule { module: ModuleDocument; depth: number; parent: string | null; index: number; count: number }

export function flatten(modules: ModuleDocument[], closed?: Set<string>, depth = 0, parent: string | null = null): FlatModule[] {
  return modules.flatMap((module, index) => [
    { module, depth, parent, index, count: modules.length },
    ...(closed?.has(module.id) ? [] : flatten(module.children ?? [], closed, depth + 1, module.id)),
  ]);
}

/** A copy with new ids throughout; anchors, which must be unique, are left behind. */
export function copyModule(module: ModuleDocument): ModuleDocument {
  const { anchor: _, ...rest } = module;
  return { ...rest, id: newId(), ...(module.children ? { children: module.children.map(copyModule) } : {}) };
}

export function makeModule(type: ModuleType): ModuleDocument {
  return { id: newId(), type: type.type, version: type.version, props: structuredClone(type.example) };
}

function firstText(value: Json | undefined): string {
  if (typeof value !== "object" || value === null) return "";
  if (Array.isArray(value)) return value.map(firstText).find(Boolean) ?? "";
  if (typeof value["text"] === "string" && value["type"] === "text") return value["text"];
  return firstText(value["content"]);
}

/** What a module is called in the outline: its own words, cut short. */
export function labelOf(module: ModuleDocument, types: ModuleType[] | undefined): string {
  const props: JsonObject = module.props;
  for (const name of ["title", "heading", "label", "text", "caption", "name"]) {
    const value = props[name];
    if (typeof value === "string" && value.trim()) return value.trim().slice(0, 60);
  }
  const rich = Object.values(props).map((value) => (typeof value === "object" && value !== null && !Array.isArray(value) && value["type"] === "doc" ? firstText(value) : "")).find(Boolean);
  return rich?.slice(0, 60) || kindOf(module, types);
}

export const kindOf = (module: ModuleDocument, types: ModuleType[] | undefined) =>
  types?.find((type) => type.type === module.type)?.title ?? module.type;

/** The stored page of an answer of the API: without what the server adds. */
export function toDocument(view: PageDocument & Record<string, unknown>): PageDocument {
  const { path: _path, etag: _etag, findings: _findings, ...document } = view;
  return {
    ...document,
    modules: view.modules.map((module) => {
      const { order: _order, ...rest } = module as ModuleDocument & { order?: number };
      return rest;
    }),
  };
}
