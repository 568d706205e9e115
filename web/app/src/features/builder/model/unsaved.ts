// What was typed and not yet acknowledged, kept in this browser. Every tab keeps its own; what a closed tab left behind
// is taken over by the next one that opens the page.
import type { PageDocument } from "@accid/api-client/types";

export interface Unsaved { etag: string; base: PageDocument; draft: PageDocument; at: number }

const prefix = "accid.unsaved";
const tab = sessionStorage.getItem(`${prefix}.tab`) ?? Math.random().toString(36).slice(2);
sessionStorage.setItem(`${prefix}.tab`, tab);
const lockName = (name: string) => `${prefix}.tab.${name}`;
const keyOf = (project: string, page: string) => `${prefix}/${project}/${page}/${tab}`;

// The lock says that this tab lives; the browser drops it when the tab goes, however it goes.
void navigator.locks?.request(lockName(tab), () => new Promise<void>(() => undefined));

/** Returns false when the browser has no room for it. */
export function keepUnsaved(project: string, page: string, unsaved: Unsaved): boolean {
  try {
    localStorage.setItem(keyOf(project, page), JSON.stringify(unsaved));
    return true;
  } catch {
    return false;
  }
}

export function forgetUnsaved(project: string, page: string) {
  localStorage.removeItem(keyOf(project, page));
}

async function livingTabs(): Promise<Set<string>> {
  const held = (await navigator.locks?.query())?.held ?? [];
  return new Set(held.map((lock) => lock.name ?? ""));
}

/** Takes over what closed tabs left for a page, newest last. */
export async function adoptUnsaved(project: string, page: string): Promise<Unsaved[]> {
  const living = await livingTabs();
  const start = `${prefix}/${project}/${page}/`;
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(start) && (key === keyOf(project, page) || !living.has(lockName(key.slice(start.length)))));
  const found = keys.flatMap((key) => {
    const text = localStorage.getItem(key);
    localStorage.removeItem(key);
    try {
      return text ? [JSON.parse(text) as Unsaved] : [];
    } catch {
      return [];
    }
  });
  return found.sort((a, b) => a.at - b.at);
}
