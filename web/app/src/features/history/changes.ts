// What differs between a version and today, as words and as outlines. Pure but for `markDocument`, which draws the
// outlines into a rendered page.
import type { Changes, DocumentChange, ModuleChange, PageChange } from "@accid/api-client/types";

export type Side = "then" | "today";
export type Change = ModuleChange["change"];

const words: Record<Change, string> = { added: "added since", removed: "removed since", changed: "changed", moved: "moved" };
export const changeWords = (change: Change) => words[change];
export const allChanges: Change[] = ["changed", "added", "removed", "moved"];

/** What is added since is only to be seen today, what is removed only then. */
export const isShownOn = (side: Side, change: Change) => (side === "then" ? change !== "added" : change !== "removed");

/** What of a story is marked like a module: its chapters come back with it, its photos each with its own document. */
const ofStories = ["chapter", "photo"];

/** Today's addition is undone by removing it, which is no restoring; a module of a lost page comes back with its page. */
export const isRestorable = (page: PageChange, module: ModuleChange) =>
  !ofStories.includes(module.type) &&
  page.change !== "removed" && page.change !== "added" && (module.change === "changed" || module.change === "removed");

/** The most telling first. */
export const byTelling = (modules: ModuleChange[]) => [...modules].sort((a, b) => allChanges.indexOf(a.change) - allChanges.indexOf(b.change));

/** Such as "2 changed, 1 removed since". */
export function summarise(modules: ModuleChange[]): string {
  return allChanges.flatMap((change) => {
    const count = modules.filter((module) => module.change === change).length;
    return count > 0 ? [`${count} ${changeWords(change)}`] : [];
  }).join(", ");
}

const collections: Record<string, string> = { photos: "Photo", albums: "Album", tracks: "Route", stories: "Story", videos: "Film", settings: "Settings of photos" };
/** What kind of thing a document is, in a word. */
export const nameCollection = (document: DocumentChange) => collections[document.collection] ?? "File";

/** What a module, a chapter or a photo of a story is called as a kind. */
export const nameOfStory = (kind: string) => ({ chapter: "Chapter", photo: "Photo" })[kind];

/** A document that is only there today is taken away by going back to the whole version, not alone. */
export const comesBack = (document: DocumentChange) => document.change !== "added";

/** The files that are no documents of a collection of their own. */
export const otherFiles = (changes: Changes) => changes.files.filter((path) => !changes.documents.some((document) => document.path === path));

/** The files that are not pages, under the names people know. */
export function nameFile(path: string): string {
  if (path === "accid_blotter.json") return "The settings of the project: its name, site and theme";
  if (path.startsWith("photos/")) return "A picture or its description";
  if (path.startsWith("trash/")) return "What is in the trash";
  return path;
}

export const isNothing = (changes: Changes) => changes.pages.length === 0 && changes.files.length === 0;

// Fixed colours with a light halo: the page below may have any colour.
const lines: Record<Change, string> = { changed: "solid #b45309", added: "solid #15803d", removed: "dotted #b91c1c", moved: "dashed #1d4ed8" };
const layerMark = "data-accid-changes";

/**
 * Draws a frame over every module that differs, a stronger one over the chosen. They lie above the page, where no
 * picture of its own covers them. Called again it replaces what it drew.
 */
export function markDocument(document: Document, side: Side, modules: ModuleChange[], chosen: string | null) {
  document.querySelector(`[${layerMark}]`)?.remove();
  const layer = document.createElement("div");
  layer.setAttribute(layerMark, "");
  layer.setAttribute("aria-hidden", "true");
  layer.style.cssText = "position:absolute;top:0;left:0;width:0;height:0;z-index:2147483000;pointer-events:none";
  const view = document.defaultView;
  for (const { id, change } of modules) {
    const element = isShownOn(side, change) ? elementOf(document, id) : null;
    if (!element) continue;
    const { left, top, width, height } = element.getBoundingClientRect();
    const box = document.createElement("div");
    box.dataset["change"] = change;
    box.dataset["module"] = id;
    if (id === chosen) box.dataset["chosen"] = "";
    box.style.cssText = `position:absolute;box-sizing:border-box;left:${left + (view?.scrollX ?? 0)}px;top:${top + (view?.scrollY ?? 0)}px;width:${width}px;height:${height}px;`
      + `outline:${id === chosen ? 8 : 4}px ${lines[change]};outline-offset:${id === chosen ? -2 : 0}px;box-shadow:inset 0 0 0 2px rgb(255 255 255 / 0.8)`;
    layer.append(box);
  }
  // Beside the body, which may itself be placed; the root never is.
  document.documentElement.append(layer);
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
