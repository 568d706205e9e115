// Undo and redo without limit: a list of steps, each a patch and its inverse. Pure.
import type { Json, PageDocument, PatchOperation } from "@accid/api-client/types";
import { applyPatch, diff, isEqual } from "./patch.ts";

export interface Step {
  title: string;
  forward: PatchOperation[];
  back: PatchOperation[];
  /** The module that was chosen before and after. */
  before: string | null;
  after: string | null;
  /** Steps with the same key that follow within a second are one. */
  key: string;
  at: number;
}
export interface UndoList { done: Step[]; undone: Step[] }

export const emptyUndoList: UndoList = { done: [], undone: [] };
const joinWithin = 1000;

export function record(list: UndoList, from: PageDocument, to: PageDocument, step: Pick<Step, "title" | "key" | "before" | "after" | "at">): UndoList {
  const before = from as unknown as Json;
  const after = to as unknown as Json;
  const last = list.done[list.done.length - 1];
  if (last && step.key !== "" && last.key === step.key && step.at - last.at < joinWithin && list.undone.length === 0) {
    const start = applyPatch(before, last.back);
    const forward = diff(start, after);
    if (forward.length === 0) return { done: list.done.slice(0, -1), undone: [] };
    const joined = { ...last, forward, back: diff(after, start), after: step.after, at: step.at };
    return { done: [...list.done.slice(0, -1), joined], undone: [] };
  }
  const forward = diff(before, after);
  if (forward.length === 0) return list;
  return { done: [...list.done, { ...step, forward, back: diff(after, before) }], undone: [] };
}

export interface Stepped { list: UndoList; page: PageDocument; step: Step }

/** Applies a patch only where its inverse leads back: somebody else may have changed the page since. */
function applySafely(page: PageDocument, patch: PatchOperation[], inverse: PatchOperation[]): PageDocument | null {
  const before = page as unknown as Json;
  try {
    const after = applyPatch(before, patch);
    return isEqual(applyPatch(after, inverse), before) ? (after as unknown as PageDocument) : null;
  } catch {
    return null;
  }
}

/** One step back; null when there is none, or when the page was changed elsewhere so that it no longer fits. */
export function undo(list: UndoList, page: PageDocument): Stepped | null {
  const step = list.done[list.done.length - 1];
  const result = step && applySafely(page, step.back, step.forward);
  return step && result ? { list: { done: list.done.slice(0, -1), undone: [...list.undone, step] }, page: result, step } : null;
}

export function redo(list: UndoList, page: PageDocument): Stepped | null {
  const step = list.undone[list.undone.length - 1];
  const result = step && applySafely(page, step.forward, step.back);
  return step && result ? { list: { done: [...list.done, step], undone: list.undone.slice(0, -1) }, page: result, step } : null;
}
