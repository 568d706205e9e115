// What was typed and not yet acknowledged, kept in this browser. Every tab keeps its own; what a closed tab left behind
// is taken over by the next one that opens the page.
import type { PageDocument } from "@accid/api-client/types";
import { forgetUndoLists } from "./keptUndo.ts";

export interface Unsaved { etag: string; base: PageDocument; draft: PageDocument; at: number }
/** What a closed tab left; it stays in the browser until it is forgotten. */
export interface Left extends Unsaved { forget: () => void; /** Whether this very tab left it, which goes on writing it over while the page is open. */ isOwn: boolean }

const prefix = "accid.unsaved";
const newName = () => Math.random().toString(36).slice(2);
let tab = sessionStorage.getItem(`${prefix}.tab`) ?? newName();
const lockName = (name: string) => `${prefix}.tab.${name}`;
const keyOf = (project: string, page: string) => `${prefix}/${project}/${page}/${tab}`;

/** The lock says that this tab lives; the browser drops it when the tab goes, however it goes. A copy of a tab begins
 * with the name of the first one, which still has its lock: so it takes a name of its own. */
async function holdName(): Promise<void> {
  sessionStorage.setItem(`${prefix}.tab`, tab);
  await navigator.locks?.request(lockName(tab), { ifAvailable: true }, (lock) => {
    if (lock) return new Promise<void>(() => undefined);
    tab = newName();
    return holdName();
  });
}
void holdName();

let written: { page: PageDocument; text: string } | null = null;
/** The page that drafts begin from stays the same for many of them. */
function textOf(page: PageDocument): string {
  if (written?.page !== page) written = { page, text: JSON.stringify(page) };
  return written.text;
}

/** Returns false when the browser has no room for it. */
export function keepUnsaved(project: string, page: string, unsaved: Unsaved): boolean {
  const { base, ...rest } = unsaved;
  const text = `{"base":${textOf(base)},${JSON.stringify(rest).slice(1)}`;
  for (const makeRoom of [() => undefined, forgetUndoLists]) {
    try {
      makeRoom();
      localStorage.setItem(keyOf(project, page), text);
      return true;
    } catch { /* A draft is worth more than the steps that led to it. */ }
  }
  return false;
}

export function forgetUnsaved(project: string, page: string) {
  localStorage.removeItem(keyOf(project, page));
}

async function livingTabs(): Promise<Set<string>> {
  const held = (await navigator.locks?.query())?.held ?? [];
  return new Set(held.map((lock) => lock.name ?? ""));
}

export const unsavedPrefix = `${prefix}/`;

/** The pages of which something never reached the server: left by closed tabs, or by this one for a page it has left. */
export async function pagesLeftBehind(): Promise<{ project: string; page: string }[]> {
  const living = await livingTabs();
  const found = new Map<string, { project: string; page: string }>();
  for (const key of Object.keys(localStorage)) {
    const [project = "", page = "", name = "", ...more] = key.startsWith(unsavedPrefix) ? key.slice(unsavedPrefix.length).split("/") : [];
    if (name && more.length === 0 && (name === tab || !living.has(lockName(name)))) found.set(`${project}/${page}`, { project, page });
  }
  return [...found.values()];
}

/** What closed tabs left for a page, newest last. */
export async function findUnsaved(project: string, page: string): Promise<Left[]> {
  const living = await livingTabs();
  const start = `${prefix}/${project}/${page}/`;
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(start) && (key === keyOf(project, page) || !living.has(lockName(key.slice(start.length)))));
  const found = keys.flatMap((key): Left[] => {
    // What this tab keeps is written over by itself.
    const forget = () => { if (key !== keyOf(project, page)) localStorage.removeItem(key); };
    try {
      return [{ ...JSON.parse(localStorage.getItem(key) ?? "") as Unsaved, forget, isOwn: key === keyOf(project, page) }];
    } catch {
      localStorage.removeItem(key);
      return [];
    }
  });
  return found.sort((a, b) => a.at - b.at);
}
