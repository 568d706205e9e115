// What differs between a version and today, as words and as outlines. Pure but for `markDocument`, which draws the
// outlines into a rendered page.
import type { Changes, ModuleChange, PageChange } from "@accid/api-client/types";

export type Side = "then" | "today";
export type Change = ModuleChange["change"];

const words: Record<Change, string> = { added: "added since", removed: "removed since", changed: "changed", moved: "moved" };
export const changeWords = (change: Change) => words[change];
export const allChanges: Change[] = ["changed", "added", "removed", "moved"];

/** What is added since is only to be seen today, what is removed only then. */
export const isShownOn = (side: Side, change: Change) => (side === "then" ? change !== "added" : change !== "removed");

/** Today's addition is undone by removing it, which is no restoring; a module of a lost page comes back with its page. */
export const isRestorable = (page: PageChange, module: ModuleChange) =>
  page.change !== "removed" && page.change !== "added" && (module.change === "changed" || module.change === "removed");

/** Such as "2 changed, 1 removed since". */
export function summarise(modules: ModuleChange[]): string {
  return allChanges.flatMap((change) => {
    const count = modules.filter((module) => module.change === change).length;
    return count > 0 ? [`${count} ${changeWords(change)}`] : [];
  }).join(", ");
}

/** The files that are not pages, under the names people know. */
export function nameFile(path: string): string {
  if (path === "accid_blotter.json") return "The settings of the project: its name, site and theme";
  if (path.startsWith("photos/")) return "A picture or its description";
  return path;
}

export const isNothing = (changes: Changes) => changes.pages.length === 0 && changes.files.length === 0;

// Fixed colours, on a light and a dark halo each: the page below may have any colour.
const lines: Record<Change, string> = { changed: "solid #b45309", added: "solid #15803d", removed: "dotted #b91c1c", moved: "dashed #1d4ed8" };
const styleMark = "data-accid-changes";

function ruleOf({ id, change }: ModuleChange, chosen: string | null): string {
  const strong = id === chosen;
  return `[data-accid-id="${CSS.escape(id)}"]{outline:${strong ? 7 : 4}px ${lines[change]}!important;outline-offset:-${strong ? 7 : 4}px!important;`
    + `box-shadow:inset 0 0 0 ${strong ? 9 : 6}px rgb(255 255 255 / 0.85)!important}`;
}

/** Outlines the modules that differ, the chosen one more strongly. Called again it replaces what it drew. */
export function markDocument(document: Document, side: Side, modules: ModuleChange[], chosen: string | null) {
  let style = document.querySelector(`style[${styleMark}]`);
  if (!style) {
    style = document.createElement("style");
    style.setAttribute(styleMark, "");
    document.head.append(style);
  }
  style.textContent = modules.filter((module) => isShownOn(side, module.change)).map((module) => ruleOf(module, chosen)).join("\n");
}

const elementOf = (document: Document | null, id: string) => document?.querySelector<HTMLElement>(`[data-accid-id="${CSS.escape(id)}"]`) ?? null;

export function showModule(document: Document | null, id: string) {
  const element = elementOf(document, id);
  const view = document?.defaultView;
  if (!element || !view) return;
  const box = element.getBoundingClientRect();
  view.scrollTo({ top: Math.max(0, view.scrollY + box.top - Math.max(40, (view.innerHeight - box.height) / 2)) });
}

/** A module's own first words, to know it by. */
export function wordsOf(document: Document | null, id: string): string {
  const text = elementOf(document, id)?.textContent?.replace(/\s+/g, " ").trim() ?? "";
  return text.length > 48 ? `${text.slice(0, 47)}…` : text;
}
