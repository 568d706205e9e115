// Undo for everything: each step knows the calls that take it back and do it again. Steps are done one after the other,
// in the order they were asked for, and told to screen readers.
import { create } from "zustand";
import { mayDo } from "../../../shared/abilities.ts";
import { say, toast, toastError } from "../../../shared/announce.ts";

export interface Step { title: string; redo: () => Promise<unknown>; undo: () => Promise<unknown> }
interface UndoState { done: Step[]; undone: Step[]; running: number }

export const useUndo = create<UndoState>(() => ({ done: [], undone: [], running: 0 }));
const longest = 200;
let queue: Promise<unknown> = Promise.resolve();

/** What was asked for first is finished first. */
function next<T>(work: () => Promise<T>): Promise<T> {
  useUndo.setState((state) => ({ running: state.running + 1 }));
  const result = queue.then(work).finally(() => useUndo.setState((state) => ({ running: state.running - 1 })));
  queue = result.catch(() => undefined);
  return result;
}

/** Does a step; what fails is told and leaves nothing to undo. Resolves with whether it was done. */
export function perform(step: Step, { quiet = false } = {}): Promise<boolean> {
  if (!mayDo("edit-photos")) { toast("You may look at these photos, and not change them."); return Promise.resolve(false); }
  return next(async () => {
    try {
      await step.redo();
    } catch (error) {
      toastError(error);
      return false;
    }
    useUndo.setState((state) => ({ done: [...state.done.slice(1 - longest), step], undone: [] }));
    if (!quiet) say(`${step.title}. Undo takes it back.`);
    return true;
  });
}

/** A step that was done already, such as one whose answer is needed for taking it back. */
export const remember = (step: Step) => useUndo.setState((state) => ({ done: [...state.done.slice(1 - longest), step], undone: [] }));

export const canUndo = () => useUndo.getState().done.length > 0;
export const canRedo = () => useUndo.getState().undone.length > 0;

function turn(way: "undo" | "redo"): Promise<void> {
  return next(async () => {
    const { done, undone } = useUndo.getState();
    const step = (way === "undo" ? done : undone).at(-1);
    if (!step) { say(way === "undo" ? "There is nothing to undo." : "There is nothing to do again."); return; }
    try {
      await step[way]();
      useUndo.setState(way === "undo" ? { done: done.slice(0, -1), undone: [...undone, step] } : { done: [...done, step], undone: undone.slice(0, -1) });
      say(`${way === "undo" ? "Undone" : "Done again"}: ${step.title}`);
    } catch (error) {
      // What cannot be taken back now stays at hand: the server may be away for a moment.
      toast(`“${step.title}” could not be ${way === "undo" ? "undone" : "done again"}: ${error instanceof Error ? error.message : String(error)}`, { tone: "error" });
    }
  });
}
export const undo = () => turn("undo");
export const redo = () => turn("redo");
export const forgetSteps = () => useUndo.setState({ done: [], undone: [] });
