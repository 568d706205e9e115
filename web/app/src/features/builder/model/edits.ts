// What a person can do with modules, each as one undoable step that is told to screen readers.
import type { Json, JsonObject, ModuleDocument, ModuleType } from "@accid/api-client/types";
import { say } from "../../../shared/announce.ts";
import { writeAt } from "./patch.ts";
import { change, selectedModule, type SessionStore, type TextEdit } from "./session.ts";
import {
  changeModule, copyModule, findModule, insertModule, kindOf, makeModule, moveModule, placeOf, removeModule, siblingsOf, type Place,
} from "./tree.ts";

/** Writes one property of a module; `name` is a JSON pointer below its props, without the first slash. */
export function writeProp(session: SessionStore, edit: Pick<TextEdit, "module" | "name">, value: Json, title = "Edit text") {
  change(session, (page) => ({
    ...page,
    modules: changeModule(page.modules, edit.module, (module) => ({ ...module, props: writeAt(module.props, `/${edit.name}`, value) as JsonObject })),
  }), { title, key: `${edit.module}/${edit.name}` });
}

/** Changes anything of a module but its place. */
export function editModule(session: SessionStore, id: string, key: string, title: string, update: (module: ModuleDocument) => ModuleDocument) {
  change(session, (page) => ({ ...page, modules: changeModule(page.modules, id, update) }), { title, key: `${id}/${key}` });
}

/** Where a new module goes when nobody says it: into the chosen container, behind the chosen module, or last. */
export function placeForNew(session: SessionStore, types: ModuleType[]): Place {
  const state = session.getState();
  const selected = selectedModule(state);
  if (!selected) return { parent: null, index: state.page.modules.length };
  if (types.find((type) => type.type === selected.type)?.nests) return { parent: selected.id, index: selected.children?.length ?? 0 };
  const place = placeOf(state.page.modules, selected.id);
  return place ? { parent: place.parent, index: place.index + 1 } : { parent: null, index: state.page.modules.length };
}

export function addModule(session: SessionStore, type: ModuleType, place: Place) {
  const module = makeModule(type);
  change(session, (page) => ({ ...page, modules: insertModule(page.modules, place, module) }), { title: `Add ${type.title}`, select: module.id });
  say(`${type.title} added, ${describePlace(session, module.id)}`);
}

function describePlace(session: SessionStore, id: string): string {
  const { modules } = session.getState().page;
  const place = placeOf(modules, id);
  if (!place) return "";
  const parent = place.parent ? findModule(modules, place.parent) : null;
  return `${place.index + 1} of ${siblingsOf(modules, place.parent).length}${parent ? ` in ${kindOf(parent, undefined)}` : " on the page"}`;
}

export function moveTo(session: SessionStore, id: string, place: Place) {
  const before = session.getState().page.modules;
  const after = moveModule(before, id, place);
  if (after === before) { say("It stays where it is."); return; }
  change(session, (page) => ({ ...page, modules: after }), { title: "Move module", select: id });
  say(`Moved: ${describePlace(session, id)}`);
}

export type Direction = "up" | "down" | "in" | "out" | "first" | "last";

/** Where a step in a direction leads; null when there is nothing that way. */
export function stepPlace(modules: ModuleDocument[], id: string, direction: Direction, nests: (module: ModuleDocument) => boolean): Place | null {
  const place = placeOf(modules, id);
  if (!place) return null;
  const siblings = siblingsOf(modules, place.parent);
  if (direction === "up") return place.index > 0 ? { ...place, index: place.index - 1 } : null;
  if (direction === "down") return place.index < siblings.length - 1 ? { ...place, index: place.index + 2 } : null;
  if (direction === "first") return place.index > 0 ? { ...place, index: 0 } : null;
  if (direction === "last") return place.index < siblings.length - 1 ? { ...place, index: siblings.length } : null;
  if (direction === "in") {
    const into = siblings[place.index - 1] && nests(siblings[place.index - 1] as ModuleDocument) ? siblings[place.index - 1] : siblings[place.index + 1];
    return into && nests(into) ? { parent: into.id, index: into === siblings[place.index - 1] ? into.children?.length ?? 0 : 0 } : null;
  }
  const outer = place.parent ? placeOf(modules, place.parent) : null;
  return outer ? { parent: outer.parent, index: outer.index + 1 } : null;
}

export function moveSelected(session: SessionStore, direction: Direction, types: ModuleType[]) {
  const state = session.getState();
  if (!state.selected) return;
  const nests = (module: ModuleDocument) => types.find((type) => type.type === module.type)?.nests ?? false;
  const place = stepPlace(state.page.modules, state.selected, direction, nests);
  if (place) moveTo(session, state.selected, place);
  else say({ up: "Already the first.", first: "Already the first.", down: "Already the last.", last: "Already the last.", in: "There is no section or row beside it to move into.", out: "Already at the top of the page." }[direction]);
}

export function duplicateModule(session: SessionStore, id: string) {
  const { modules } = session.getState().page;
  const module = findModule(modules, id);
  const place = placeOf(modules, id);
  if (!module || !place) return;
  const copy = copyModule(module);
  change(session, (page) => ({ ...page, modules: insertModule(page.modules, { ...place, index: place.index + 1 }, copy) }), { title: "Duplicate module", select: copy.id });
  say(`Duplicated: ${describePlace(session, copy.id)}`);
}

export function deleteModule(session: SessionStore, id: string) {
  const { modules } = session.getState().page;
  const place = placeOf(modules, id);
  if (!place) return;
  const siblings = siblingsOf(modules, place.parent);
  const next = (siblings[place.index + 1] ?? siblings[place.index - 1])?.id ?? place.parent;
  change(session, (page) => ({ ...page, modules: removeModule(page.modules, id) }), { title: "Delete module", select: next });
  say("Deleted. Undo brings it back.");
}
