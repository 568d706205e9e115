// One open page: its draft, what is chosen, undo, and where it is saved to. Lives as long as the page is open.
import type { Json, ModuleDocument, PageDocument, PageView } from "@accid/api-client/types";
import { createStore, type StoreApi } from "zustand/vanilla";
import { say, toast } from "../../../shared/announce.ts";
import { runCommand } from "../../../shared/commands.ts";
import type { Conflict } from "./merge.ts";
import { rangeBetween } from "./many.ts";
import { isEqual } from "./patch.ts";
import { tidyPage } from "./tidy.ts";
import { findModule, toDocument, type Place } from "./tree.ts";
import { emptyUndoList, record, redo, undo, type UndoList } from "./undo.ts";

export type SaveState = "saved" | "dirty" | "saving" | "offline" | "refused" | "conflict";
export type Drag = { kind: "new"; type: string } | { kind: "move"; /** The one that was taken hold of. */ id: string; ids: readonly string[] };
export interface Line { left: number; top: number; width: number; height: number }
/** Where what is being dragged would land: shown as a line on the canvas, or at a row of the outline. */
export interface DropTarget { place: Place; line: Line | null; row: { id: string; where: "before" | "inside" | "after" } | null }
export interface TextEdit { module: string; name: string; rich: boolean; /** In which of the site's other languages; its own when empty. */ language: string }

export interface SessionState {
  /** Its slug, as in addresses. */
  project: string;
  projectId: string;
  pageId: string;
  path: string;
  /** What the server has. */
  base: PageDocument;
  etag: string;
  /** What is on the canvas. */
  page: PageDocument;
  undoList: UndoList;
  selected: string | null;
  /** Several that are chosen together. Holds only while `lead`, the one that was chosen last, is the chosen one. */
  group: { lead: string; anchor: string; ids: readonly string[] } | null;
  hovered: string | null;
  editing: TextEdit | null;
  drag: Drag | null;
  drop: DropTarget | null;
  save: SaveState;
  problem: string | null;
  /** What a person has to decide, and the two pages it is about; the third is the draft. */
  conflict: { conflicts: Conflict[]; base: PageDocument; theirs: PageDocument } | null;
  /** Whether the question is before the person's eyes; it can be put off. */
  deciding: boolean;
}

export interface Change {
  title: string;
  /** Changes with the same key that follow within a second are one step. */
  key?: string;
  select?: string | null | readonly string[];
}

export type SessionStore = StoreApi<SessionState>;
export const pageOf = (value: PageDocument) => value as unknown as Json;

export function createSession(project: string, view: PageView, projectId = project): SessionStore {
  const page = toDocument(view as PageView & Record<string, unknown>);
  return createStore<SessionState>(() => ({
    project, projectId, pageId: view.id, path: view.path, base: page, etag: view.etag, page, undoList: emptyUndoList,
    selected: null, group: null, hovered: null, editing: null, drag: null, drop: null, save: "saved", problem: null, conflict: null, deciding: false,
  }));
}

/** Changes the draft as one undoable step. */
export function change(session: SessionStore, update: (page: PageDocument) => PageDocument, { title, key = "", select }: Change) {
  const state = session.getState();
  const page = tidyPage(update(state.page), state.page);
  if (page === state.page || isEqual(pageOf(page), pageOf(state.page))) return;
  const many = typeof select === "object" && select !== null ? select : null;
  const selected = select === undefined ? state.selected : many ? many[many.length - 1] ?? null : select as string | null;
  const undoList = record(state.undoList, state.page, page, { title, key, before: state.selected, after: selected, at: Date.now() });
  session.setState({ page, undoList, selected, problem: null, ...(many ? { group: groupOf(many) } : {}) });
}

const groupOf = (ids: readonly string[]): SessionState["group"] => {
  const lead = ids[ids.length - 1];
  return lead !== undefined && ids.length > 1 ? { lead, anchor: ids[0] ?? lead, ids } : null;
};

function step(session: SessionStore, direction: typeof undo, verb: string) {
  const state = session.getState();
  const { done, undone } = state.undoList;
  const waiting = direction === undo ? done : undone;
  if (waiting.length === 0) {
    if (direction === undo) toast("These are all the steps this browser knows. The history has every version before.", { action: { title: "Open the history", run: () => runCommand("history") } });
    return;
  }
  const result = direction(state.undoList, state.page);
  if (!result) {
    toast("This step no longer fits: the page was changed elsewhere since. The history can still bring it back.", { tone: "error", action: { title: "Open the history", run: () => runCommand("history") } });
    session.setState({ undoList: direction === undo ? { done: [], undone } : { done, undone: [] } });
    return;
  }
  const wanted = direction === undo ? result.step.before : result.step.after;
  const selected = wanted && findModule(result.page.modules, wanted) ? wanted : null;
  session.setState({ page: result.page, undoList: result.list, selected, editing: null, problem: null });
  say(`${verb}: ${result.step.title}`);
}

export const undoStep = (session: SessionStore) => step(session, undo, "Undone");
export const redoStep = (session: SessionStore) => step(session, redo, "Done again");

export function select(session: SessionStore, id: string | null) {
  const { selected, group } = session.getState();
  if (selected !== id || group) session.setState({ selected: id, group: null, ...(selected === id ? {} : { editing: null }) });
}

/** Chooses several; the last is the one that goes on. `anchor` is where a range begins. */
export function selectMany(session: SessionStore, ids: readonly string[], anchor = ids[0]) {
  const group = groupOf(ids);
  session.setState({ selected: ids[ids.length - 1] ?? null, editing: null, group: group && anchor !== undefined ? { ...group, anchor } : group });
}

/** Everything that is chosen, the one that goes on last. What was removed meanwhile is not. */
export function chosenIds({ selected, group, page }: SessionState): readonly string[] {
  if (selected === null) return none;
  if (!group || group.lead !== selected) return [selected];
  const there = group.ids.filter((id) => findModule(page.modules, id));
  return there.includes(selected) ? there : [selected];
}
const none: readonly string[] = [];

/** Whether one is chosen, alone or with others. */
export const isChosen = ({ selected, group }: SessionState, id: string) => selected === id || (selected !== null && group?.lead === selected && group.ids.includes(id));

/** Adds one to what is chosen, or takes it away. */
export function toggleChosen(session: SessionStore, id: string) {
  const now = chosenIds(session.getState());
  selectMany(session, now.includes(id) ? now.filter((one) => one !== id) : [...now, id], id);
}

/** Chooses everything from where the last choice began to this one. */
export function extendTo(session: SessionStore, order: readonly string[], id: string) {
  const { selected, group } = session.getState();
  const from = group?.lead === selected ? group?.anchor : selected;
  const anchor = from && order.includes(from) ? from : id;
  const range = rangeBetween(order, anchor, id);
  selectMany(session, range[range.length - 1] === id ? range : range.reverse(), anchor);
}

export function selectedModule(state: SessionState): ModuleDocument | null {
  return state.selected ? findModule(state.page.modules, state.selected) : null;
}

/**
 * The one module whose own content differs between two states of a page; null when there are several, when the order
 * differs, or when the page's own fields do. Relies on unchanged parts being shared.
 */
export function onlyChangedModule(before: PageDocument, after: PageDocument): string | null {
  const { modules: old, ...oldFields } = before;
  const { modules: now, ...nowFields } = after;
  if (!isEqual(oldFields as unknown as Json, nowFields as unknown as Json)) return null;
  const changed = changedIn(old, now);
  return changed?.length === 1 ? changed[0] ?? null : null;
}

/** The modules whose own content differs; null when it is more than content. */
function changedIn(old: ModuleDocument[], now: ModuleDocument[]): string[] | null {
  if (old === now) return [];
  if (old.length !== now.length) return null;
  const changed: string[] = [];
  for (const [index, one] of now.entries()) {
    const other = old[index];
    if (other === one) continue;
    if (!other || other.id !== one.id) return null;
    const { children: before = [], ...a } = other;
    const { children: after = [], ...b } = one;
    // Whether it is shown at all decides about the document around it.
    if ((a.visibility?.published ?? true) !== (b.visibility?.published ?? true)) return null;
    if (!isEqual(a as unknown as Json, b as unknown as Json)) changed.push(one.id);
    const inside = changedIn(before, after);
    if (inside === null) return null;
    changed.push(...inside);
  }
  return changed;
}
