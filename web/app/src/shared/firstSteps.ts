// What a newcomer has done for the first time, and whether they want to be told the rest. Kept in this browser.
import { create } from "zustand";
import { toast } from "./announce.ts";

export type FirstStep = "text" | "module" | "publish";
export const firstSteps: FirstStep[] = ["text", "module", "publish"];
interface Progress { done: FirstStep[]; hidden: boolean }

const key = "accid.first-steps";

function read(): Progress {
  try {
    const { done, hidden } = JSON.parse(localStorage.getItem(key) ?? "{}") as { done?: unknown; hidden?: unknown };
    return { done: firstSteps.filter((step) => Array.isArray(done) && done.includes(step)), hidden: hidden === true };
  } catch {
    return { done: [], hidden: false };
  }
}

export const useFirstSteps = create<Progress>(() => read());

function write(progress: Progress) {
  useFirstSteps.setState(progress);
  try {
    localStorage.setItem(key, JSON.stringify(progress));
  } catch {
    // Without room the steps are shown again the next time.
  }
}

export function finishStep(step: FirstStep) {
  const { done, hidden } = useFirstSteps.getState();
  if (hidden || done.includes(step)) return;
  const all = [...done, step];
  const isLast = all.length === firstSteps.length;
  write({ done: all, hidden: isLast });
  if (isLast) toast("That was all it takes. Everything else you will find on the way; ? tells all keys.", { tone: "success" });
}

export const hideFirstSteps = () => write({ ...useFirstSteps.getState(), hidden: true });

/** Which step an undoable change of the page is, by its title. */
export function stepOfChange(title: string): FirstStep | null {
  return title.startsWith("Add ") ? "module" : title.startsWith("Edit ") ? "text" : null;
}
