// Copy, cut and paste of modules: by the browser's own keys, and from menus where the browser lets a page do it.
import { uploadFile } from "@accid/api-client/upload";
import type { Json, ModuleDocument, ModuleType, Upload } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { say, toast, toastError } from "../../../shared/announce.ts";
import { queries, queryClient } from "../../../shared/queries.ts";
import { deleteChosen, placeForNew } from "../model/edits.ts";
import { outermost } from "../model/many.ts";
import { change, chosenIds, type SessionStore } from "../model/session.ts";
import { insertModule, type Place } from "../model/tree.ts";
import { clipToHtml, clipToText, freshModules, ownType, photosOf, readClip, replacePhotos, writeClip, type Clip } from "./format.ts";
import { foundIn, imageModule, linkModule, textModule, understand, type Found, type Pasted } from "./paste.ts";

/** What was copied last in this browser, for where a page may not read the clipboard. */
const shelf = "accid.clipboard";

function clipOf(session: SessionStore): Clip | null {
  const state = session.getState();
  const modules = outermost(state.page.modules, chosenIds(state));
  if (modules.length === 0) return null;
  const photos = queryClient.getQueryData(queries.photos(state.project).queryKey) ?? [];
  const names = photosOf(modules).map((id) => [id, photos.find((photo) => photo.id === id)?.filename ?? ""]);
  return { project: state.projectId, page: state.pageId, modules, pictures: Object.fromEntries(names) as Record<string, string> };
}

const counted = (count: number) => (count === 1 ? "1 module" : `${count} modules`);

function keepOnShelf(clip: Clip) {
  try { localStorage.setItem(shelf, writeClip(clip)); } catch { /* Without room, the browser's clipboard still has it. */ }
}

/** Puts what is chosen into the clipboard of a `copy` or `cut` event. Returns false when nothing is chosen. */
export function copyInto(session: SessionStore, data: DataTransfer, cut: boolean): boolean {
  const clip = clipOf(session);
  if (!clip) return false;
  data.setData(ownType, writeClip(clip));
  data.setData("text/html", clipToHtml(clip));
  data.setData("text/plain", clipToText(clip));
  take(session, clip, cut);
  tell(clip, cut);
  return true;
}

function take(session: SessionStore, clip: Clip, cut: boolean) {
  keepOnShelf(clip);
  if (cut) deleteChosen(session, "Cut");
}

const tell = (clip: Clip, cut: boolean) => { say(`${counted(clip.modules.length)} ${cut ? "cut" : "copied"}.`); };

/** Copies from a menu. */
export async function copyChosen(session: SessionStore, cut = false) {
  const clip = clipOf(session);
  if (!clip) return;
  take(session, clip, cut);
  try {
    const as = (type: string, text: string) => ({ [type]: new Blob([text], { type: type.replace(/^web /, "") }) });
    const plain = { ...as("text/html", clipToHtml(clip)), ...as("text/plain", clipToText(clip)) };
    const own = typeof ClipboardItem.supports === "function" && ClipboardItem.supports(ownType) ? as(ownType, writeClip(clip)) : {};
    await navigator.clipboard.write([new ClipboardItem({ ...plain, ...own })]);
  } catch { /* The shelf has it, for every window of ACCID in this browser. */ }
  tell(clip, cut);
}

async function readClipboard(): Promise<Found | null> {
  try {
    const found: Found = { own: "", html: "", text: "", files: [] };
    for (const item of await navigator.clipboard.read()) {
      for (const type of item.types) {
        const blob = await item.getType(type);
        if (type === ownType) found.own = await blob.text();
        else if (type === "text/html") found.html = await blob.text();
        else if (type === "text/plain") found.text = await blob.text();
        else if (type.startsWith("image/")) found.files.push(new File([blob], `pasted.${type.slice(6).replace("jpeg", "jpg")}`, { type }));
      }
    }
    return found;
  } catch {
    return null;
  }
}

/** Pastes from a menu. */
export async function pasteFromMenu(session: SessionStore, types: ModuleType[]) {
  const found = await readClipboard();
  if (found && (found.own || found.html || found.text || found.files.length > 0)) return paste(session, types, found);
  const kept = readClip(localStorage.getItem(shelf) ?? "");
  if (kept) await insertClip(session, types, kept).catch(toastError);
  else toast("The browser does not let a page read the clipboard from a menu. Press Ctrl+V (⌘V) instead.");
}

export const pasteEvent = (session: SessionStore, types: ModuleType[], data: DataTransfer) => paste(session, types, foundIn(data));

async function paste(session: SessionStore, types: ModuleType[], found: Found) {
  try {
    await insert(session, types, await understand(found));
  } catch (error) {
    toastError(error);
  }
}

async function insert(session: SessionStore, types: ModuleType[], pasted: Pasted) {
  switch (pasted.kind) {
    case "nothing": say("There is nothing on the clipboard that could become a module."); return;
    case "clip": await insertClip(session, types, pasted.clip); return;
    case "address": put(session, types, linkModule(types, pasted.address)); return;
    case "files": put(session, types, (await bring(session, pasted.files)).flatMap((photo) => (photo ? imageModule(types, photo, "") : []))); return;
    case "pieces": {
      const { pictureInText } = await import("./html.ts");
      const files = pasted.pieces.map((piece, index) => (piece.kind === "picture" ? pictureInText(piece.source, `pasted-${index + 1}`) : null));
      const photos = await bring(session, files);
      const modules = pasted.pieces.flatMap((piece, index) => (piece.kind === "text" ? textModule(types, piece.doc) : photos[index] ? imageModule(types, photos[index] ?? "", piece.alt) : []));
      put(session, types, modules);
      const left = pasted.pieces.filter((piece, index) => piece.kind === "picture" && !photos[index]).length;
      if (left > 0) toast(`${left === 1 ? "A picture" : `${left} pictures`} of the pasted text lies elsewhere on the web. ACCID fetches nothing by itself: save it there, then paste or drop the file.`);
    }
  }
}

/** Sends files into the project; the answer has a photo's id for each that came in. */
async function bring(session: SessionStore, files: (File | null)[]): Promise<(string | null)[]> {
  const { project } = session.getState();
  if (files.some(Boolean)) say("Pictures are on their way into the project.");
  const ids: (string | null)[] = [];
  for (const file of files) {
    if (!file) { ids.push(null); continue; }
    const { items, refused } = await uploadFile<Upload>(urls.uploadPhotos(project), file);
    if (refused[0]) toast(`${file.name}: ${refused[0].reason}`, { tone: "error" });
    ids.push(items[0]?.id ?? null);
  }
  if (files.some(Boolean)) await queryClient.invalidateQueries({ queryKey: queries.photos(project).queryKey });
  return ids;
}

/** Modules of ACCID: as they are, but with ids of their own, and with their pictures, which come along from the other
 * project. */
async function insertClip(session: SessionStore, types: ModuleType[], clip: Clip) {
  const { projectId } = session.getState();
  put(session, types, clip.project === projectId ? clip.modules : await withPictures(session, clip), true);
}

async function withPictures(session: SessionStore, clip: Clip): Promise<ModuleDocument[]> {
  const { project } = session.getState();
  const here = new Set((await queryClient.ensureQueryData(queries.photos(project))).map((photo) => photo.id));
  const missing = photosOf(clip.modules).filter((id) => !here.has(id));
  if (missing.length === 0) return clip.modules;
  const { bringAlong } = await import("./pictures.ts");
  const stop = new AbortController();
  const count = missing.length === 1 ? "A picture comes" : `${missing.length} pictures come`;
  toast(`${count} along from the other project.`, { action: { title: "Stop", run: () => stop.abort() } });
  const brought = clip.project ? await bringAlong(clip.project, missing, project, stop.signal) : new Map<string, string>();
  if (brought.size > 0) await queryClient.invalidateQueries({ queryKey: queries.photos(project).queryKey });
  const left = missing.filter((id) => !brought.has(id));
  if (left.length > 0) {
    const names = left.map((id) => clip.pictures[id]).filter(Boolean).slice(0, 4).join(", ");
    toast(`${left.length === 1 ? "A picture" : `${left.length} pictures`} did not come along${names ? `: ${names}` : ""}. Add ${left.length === 1 ? "it" : "them"} to this project and choose ${left.length === 1 ? "it" : "them"} in the inspector.`, { tone: "error" });
  }
  return replacePhotos(clip.modules as unknown as Json, (id) => brought.get(id) ?? (here.has(id) ? id : "")) as unknown as ModuleDocument[];
}

function put(session: SessionStore, types: ModuleType[], modules: ModuleDocument[], own = false) {
  if (modules.length === 0) return;
  const place: Place = placeForNew(session, types);
  const fresh = own ? freshModules(modules, session.getState().page.modules) : modules;
  const ids = fresh.map((module) => module.id);
  change(session, (page) => ({ ...page, modules: fresh.reduce((now, module, at) => insertModule(now, { ...place, index: place.index + at }, module), page.modules) }), {
    title: `Paste ${counted(fresh.length)}`, select: ids.length === 1 ? ids[0] ?? null : ids,
  });
  say(`${counted(fresh.length)} pasted.`);
}
