// What a person can do with modules, each as one undoable step that is told to screen readers.
import type { Json, JsonObject, ModuleDocument, ModuleType } from "@accid/api-client/types";
import { say } from "../../../shared/announce.ts";
import { resolve } from "../inspector/schema.ts";
import { withTranslation } from "../languages/translations.ts";
import { writeAt } from "./patch.ts";
import { changeModules, commonParent, duplicateModules, moveModules, outermost, removeModules, unwrapModules, wrapModules } from "./many.ts";
import { change, chosenIds, selectedModule, type SessionStore, type TextEdit } from "./session.ts";
import { changeModule, findModule, insertModule, kindOf, makeModule, newId, placeOf, siblingsOf, type Place } from "./tree.ts";

/** Writes one property of a module; `name` is a JSON pointer below its props, without the first slash. */
export function writeProp(session: SessionStore, edit: Pick<TextEdit, "module" | "name">, value: Json, title = "Edit text") {
  change(session, (page) => ({
    ...page,
    modules: changeModule(page.modules, edit.module, (module) => ({ ...module, props: writeAt(module.props, `/${edit.name}`, value) as JsonObject })),
  }), { title, key: `${edit.module}/${edit.name}` });
}

/** Writes a text that is edited where it stands, in the language it is edited in. */
export function writeText(session: SessionStore, edit: TextEdit, value: Json) {
  const { module, name, language } = edit;
  if (language === "") writeProp(session, edit, value);
  else editModule(session, module, `translations/${language}/${name}`, "Translate", (one) => withTranslation(one, language, `/${name}`, value));
}

/** Changes anything of a module but its place. */
export function editModule(session: SessionStore, id: string, key: string, title: string, update: (module: ModuleDocument) => ModuleDocument) {
  change(session, (page) => ({ ...page, modules: changeModule(page.modules, id, update) }), { title, key: `${id}/${key}` });
}

/** Changes anything of several modules but their places, as one step. */
export function editModules(session: SessionStore, ids: readonly string[], key: string, title: string, update: (module: ModuleDocument) => ModuleDocument) {
  change(session, (page) => ({ ...page, modules: changeModules(page.modules, ids, update) }), { title, key: `${ids.join()}/${key}` });
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

/** How several are told: what they are called alone, else their number. */
const counted = (ids: readonly string[], one: string) => (ids.length === 1 ? one : `${ids.length} modules`);

function describeAll(session: SessionStore, ids: readonly string[]): string {
  const first = describePlace(session, ids[0] ?? "");
  return ids.length > 1 ? `${ids.length} modules, the first ${first}` : first;
}

export function moveTo(session: SessionStore, ids: readonly string[], place: Place) {
  const before = session.getState().page.modules;
  const after = moveModules(before, ids, place);
  if (after === before) { say("It stays where it is."); return; }
  change(session, (page) => ({ ...page, modules: after }), { title: `Move ${counted(ids, "module")}`, select: ids.length === 1 ? ids[0] ?? null : ids });
  say(`Moved: ${describeAll(session, outermost(after, ids).map((module) => module.id))}`);
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

/** Where a step leads for several that stand in the same place: as one block. */
export function stepPlaceOfAll(modules: ModuleDocument[], ids: readonly string[], direction: Direction, nests: (module: ModuleDocument) => boolean): Place | null {
  const chosen = outermost(modules, ids);
  const [first, last] = [chosen[0], chosen[chosen.length - 1]];
  if (!first || !last) return null;
  const siblings = siblingsOf(modules, placeOf(modules, first.id)?.parent ?? null);
  const isBlock = siblings.indexOf(last) - siblings.indexOf(first) === chosen.length - 1;
  const from = direction === "up" || direction === "first" || direction === "out" ? first : last;
  const place = stepPlace(modules, direction === "out" ? last.id : from.id, direction, nests);
  if (direction !== "in" || chosen.length === 1) {
    // Already at the end, but with others in between: they come together.
    if (place === null && !isBlock && direction !== "out") return placeOf(modules, from.id);
    return place;
  }
  const [before, after] = [siblings[siblings.indexOf(first) - 1], siblings[siblings.indexOf(last) + 1]];
  if (before && nests(before)) return { parent: before.id, index: before.children?.length ?? 0 };
  return after && nests(after) ? { parent: after.id, index: 0 } : null;
}

const nowhere: Record<Direction, string> = {
  up: "Already the first.", first: "Already the first.", down: "Already the last.", last: "Already the last.",
  in: "There is no section or row beside it to move into.", out: "Already at the top of the page.",
};

export function moveSelected(session: SessionStore, direction: Direction, types: ModuleType[]) {
  const state = session.getState();
  const ids = chosenIds(state);
  if (ids.length === 0) return;
  if (commonParent(state.page.modules, ids) === undefined) { say("They stand in different places. Drag them together, or wrap them in a section."); return; }
  const nests = (module: ModuleDocument) => types.find((type) => type.type === module.type)?.nests ?? false;
  const place = stepPlaceOfAll(state.page.modules, ids, direction, nests);
  if (place) moveTo(session, ids, place);
  else say(nowhere[direction]);
}

export function duplicateChosen(session: SessionStore) {
  const ids = chosenIds(session.getState());
  const { modules, copies } = duplicateModules(session.getState().page.modules, ids);
  if (copies.length === 0) return;
  change(session, (page) => ({ ...page, modules }), { title: `Duplicate ${counted(copies, "module")}`, select: copies.length === 1 ? copies[0] ?? null : copies });
  say(`Duplicated: ${describeAll(session, copies)}`);
}

/** What is chosen after these are gone: the next one beside them, else what they stood in. */
function besides(modules: ModuleDocument[], ids: readonly string[]): string | null {
  const gone = outermost(modules, ids);
  const last = gone[gone.length - 1];
  const place = last ? placeOf(modules, last.id) : null;
  if (!place) return null;
  const siblings = siblingsOf(modules, place.parent);
  const stays = (module: ModuleDocument) => !gone.includes(module);
  return (siblings.slice(place.index).find(stays) ?? siblings.slice(0, place.index).findLast(stays))?.id ?? place.parent;
}

export function deleteChosen(session: SessionStore, verb = "Delete") {
  const { modules } = session.getState().page;
  const gone = outermost(modules, chosenIds(session.getState())).map((module) => module.id);
  if (gone.length === 0) return;
  change(session, (page) => ({ ...page, modules: removeModules(modules, gone) }), { title: `${verb} ${counted(gone, "module")}`, select: besides(modules, gone) });
  say(gone.length === 1 ? "Deleted. Undo brings it back." : `${gone.length} modules deleted. Undo brings them back.`);
}

/** Puts what is chosen into a new section or row. */
export function wrapChosen(session: SessionStore, type: ModuleType) {
  const { modules } = session.getState().page;
  const chosen = outermost(modules, chosenIds(session.getState())).map((module) => module.id);
  if (chosen.length === 0) return;
  const container = makeContainer(type, chosen.length);
  change(session, (page) => ({ ...page, modules: wrapModules(modules, chosen, container) }), { title: `Wrap ${counted(chosen, "module")}`, select: container.id });
  say(`${chosen.length === 1 ? "Wrapped" : `${chosen.length} modules wrapped`} in ${type.title}: ${describePlace(session, container.id)}`);
}

/** Without the words of the example; a row gets as many columns as it holds modules. */
function makeContainer(type: ModuleType, count: number): ModuleDocument {
  const columns: JsonObject = resolve(type.schema, type.schema).properties?.["columns"] ? { columns: ["1", "1:1", "1:1:1", "1:1:1:1"][Math.min(count, 4) - 1] ?? "1" } : {};
  return { id: newId(), type: type.type, version: type.version, props: columns };
}

/** Puts what stands in the chosen sections and rows into their place. */
export function unwrapChosen(session: SessionStore) {
  const { modules, freed } = unwrapModules(session.getState().page.modules, chosenIds(session.getState()));
  if (freed.length === 0) { say("There is nothing inside that could come out."); return; }
  change(session, (page) => ({ ...page, modules }), { title: "Unwrap", select: freed.length === 1 ? freed[0] ?? null : freed });
  say(`Unwrapped: ${describeAll(session, freed)}`);
}
