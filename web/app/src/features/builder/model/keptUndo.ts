// Undo across reloads: the steps of a page are kept in this browser, beside the drafts, and taken up again when the page is
// still the very one they lead back from. They are a convenience: whoever needs the room for a draft gets it.
import type { Json, PageDocument } from "@accid/api-client/types";
import type { SessionStore } from "./session.ts";
import type { Step, UndoList } from "./undo.ts";

const prefix = "accid.undo/";
/** Bounds in characters of JSON and in pages: local storage holds about five million characters for everything. */
const longest = 400_000;
const mostSteps = 500;
const mostPages = 8;
const keepAfter = 800;

interface Kept { page: string; at: number; done: Step[]; undone: Step[] }
const keyOf = (project: string, page: string) => `${prefix}${project}/${page}`;

/** A short fingerprint of a document, whatever the order of its fields (cyrb53). */
export function fingerprint(value: PageDocument): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  const add = (text: string) => {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
  };
  const walk = (one: Json | undefined) => {
    if (Array.isArray(one)) { add("["); one.forEach(walk); add("]"); return; }
    if (typeof one === "object" && one !== null) { for (const name of Object.keys(one).sort()) { add(`{${name}:`); walk(one[name]); } add("}"); return; }
    add(JSON.stringify(one) ?? "");
  };
  walk(value as unknown as Json);
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}

const keptKeys = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix));
const ageOf = (key: string) => Number(/"at":(\d+)/.exec((localStorage.getItem(key) ?? "").slice(0, 200))?.[1] ?? 0);

/** Gives the room back that steps take. */
export function forgetUndoLists() {
  keptKeys().forEach((key) => localStorage.removeItem(key));
}

/** As many of the newest steps as have room. */
function newest(steps: Step[], room: number): { kept: Step[]; used: number } {
  const kept: Step[] = [];
  let used = 0;
  for (let index = steps.length - 1; index >= 0 && kept.length < mostSteps; index -= 1) {
    const step = steps[index] as Step;
    used += JSON.stringify(step).length;
    if (used > room) break;
    kept.unshift(step);
  }
  return { kept, used };
}

export function keepUndoList(project: string, pageId: string, list: UndoList, page: PageDocument, now: number) {
  const key = keyOf(project, pageId);
  const { kept: done, used } = newest(list.done, longest);
  const { kept: undone } = newest(list.undone, Math.max(0, longest - used));
  if (done.length + undone.length === 0) { localStorage.removeItem(key); return; }
  const kept: Kept = { at: now, page: fingerprint(page), done, undone };
  const others = keptKeys().filter((one) => one !== key).sort((one, other) => ageOf(other) - ageOf(one));
  others.slice(mostPages - 1).forEach((one) => localStorage.removeItem(one));
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // No room: what stands there belongs to an older page, and would never be taken up again.
    localStorage.removeItem(key);
  }
}

const isStep = (value: unknown): value is Step => {
  const step = value as Partial<Step> | null;
  return typeof step === "object" && step !== null && typeof step.title === "string" && Array.isArray(step.forward) && Array.isArray(step.back) && typeof step.at === "number";
};

/** The steps that lead back from this very page; nothing when it was changed elsewhere since. */
export function readUndoList(project: string, pageId: string, page: PageDocument): UndoList | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(project, pageId)) ?? "null") as Kept | null;
    if (!kept || kept.page !== fingerprint(page)) return null;
    const { done, undone } = kept;
    return Array.isArray(done) && Array.isArray(undone) && [...done, ...undone].every(isStep) ? { done, undone } : null;
  } catch {
    return null;
  }
}

/** Takes up what was kept for the page, and keeps what comes. Returns what ends it. */
export function followUndo(session: SessionStore): () => void {
  const { project, pageId } = session.getState();
  const kept = readUndoList(project, pageId, session.getState().page);
  const { undoList } = session.getState();
  if (kept && undoList.done.length + undoList.undone.length === 0) session.setState({ undoList: kept });
  let timer = 0;
  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    const { undoList: list, page } = session.getState();
    keepUndoList(project, pageId, list, page, Date.now());
  };
  const keepWhatWaits = () => { if (timer !== 0) keep(); };
  const stop = session.subscribe((state, before) => {
    if (state.undoList === before.undoList && state.page === before.page) return;
    if (timer === 0) timer = window.setTimeout(keep, keepAfter);
  });
  window.addEventListener("pagehide", keepWhatWaits);
  document.addEventListener("visibilitychange", keepWhatWaits);
  return () => {
    keepWhatWaits();
    stop();
    window.removeEventListener("pagehide", keepWhatWaits);
    document.removeEventListener("visibilitychange", keepWhatWaits);
  };
}
