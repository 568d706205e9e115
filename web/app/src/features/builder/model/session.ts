// One open page: its draft, what is chosen, undo, and where it is saved to. Lives as long as the page is open.
import type { Json, ModuleDocument, PageDocument, PageView } from "@accid/api-client/types";
import { createStore, type StoreApi } from "zustand/vanilla";
import { say, toast } from "../../../shared/announce.ts";
import type { Conflict } from "./merge.ts";
import { isEqual } from "./patch.ts";
import { tidyPage } from "./tidy.ts";
import { findModule, toDocument, type Place } from "./tree.ts";
import { emptyUndoList, record, redo, undo, type UndoList } from "./undo.ts";

export type SaveState = "saved" | "dirty" | "saving" | "offline" | "refused" | "conflict";
export type Drag = { kind: "new"; type: string } | { kind: "move"; id: string };
export interface Line { left: number; top: number; width: number; height: number }
/** Where what is being dragged would land: shown as a line on the canvas, or at a row of the outline. */
export interface DropTarget { place: Place; line: Line | null; row: { id: string; where: "before" | "inside" | "after" } | null }
export interface TextEdit { module: string; name: string; rich: boolean }

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
  select?: string | null;
}

export type SessionStore = StoreApi<SessionState>;
export const pageOf = (value: PageDocument) => value as unknown as Json;

export function createSession(project: string, view: PageView, projectId = project): SessionStore {
  const page = toDocument(view as PageView & Record<string, unknown>);
  return createStore<SessionState>(() => ({
    project, projectId, pageId: view.id, path: view.path, base: page, etag: view.etag, page, undoList: emptyUndoList,
    selected: null, hovered: null, editing: null, drag: null, drop: null, save: "saved", problem: null, conflict: null, deciding: false,
  }));
}

/** Changes the draft as one undoable step. */
export function change(session: SessionStore, update: (page: PageDocument) => PageDocument, { title, key = "", select }: Change) {
  const state = session.getState();
  const page = tidyPage(update(state.page), state.page);
  if (page === state.page || isEqual(pageOf(page), pageOf(state.page))) return;
  const selected = select === undefined ? state.selected : select;
  const undoList = record(state.undoList, state.page, page, { title, key, before: state.selected, after: selected, at: Date.now() });
  session.setState({ page, undoList, selected, problem: null });
}

function step(session: SessionStore, direction: typeof undo, verb: string) {
  const state = session.getState();
  const { done, undone } = state.undoList;
  const waiting = direction === undo ? done : undone;
  if (waiting.length === 0) return;
  const result = direction(state.undoList, state.page);
  if (!result) {
    toast(`This step no longer fits: the page was changed elsewhere since. The history can still bring it back.`, { tone: "error" });
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
  if (session.getState().selected !== id) session.setState({ selected: id, editing: null });
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
