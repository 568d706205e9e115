// Photos on their way into a gallery. They go on while one looks at something else; leaving the project stops nothing that
// was sent.
import { ApiError, request, send } from "@accid/api-client/client";
import { uploadFile, uploadInParts } from "@accid/api-client/upload";
import { urls } from "@accid/api-client/urls";
import { create } from "zustand";
import { say, toast } from "../../../shared/announce.ts";
import { formatCount } from "../../../shared/format.ts";
import { refresh } from "./data.ts";
import { remember } from "./undo.ts";

export interface Refusal { name: string; reason: string }
interface Sent { items: { id: string }[]; refused: Refusal[] }
interface UploadState {
  project: string; running: boolean;
  files: number; finished: number; added: number;
  bytes: number; sent: number;
  current: string;
  refused: Refusal[];
}
const idle: UploadState = { project: "", running: false, files: 0, finished: 0, added: 0, bytes: 0, sent: 0, current: "", refused: [] };
export const useUploads = create<UploadState>(() => idle);

const atOnce = 3;
/** From here on a file is sent in parts, so that a break does not cost all of it. */
const large = 12_000_000;
const refreshAfter = 1200;
let queue: File[] = [];
let controller = new AbortController();
let workers = 0;
let newIds: string[] = [];
let lastRefresh = 0;

const add = (part: Partial<Record<"finished" | "added" | "sent", number>>) => useUploads.setState((state) => ({
  finished: state.finished + (part.finished ?? 0), added: state.added + (part.added ?? 0), sent: state.sent + (part.sent ?? 0),
}));
const refuse = (name: string, reason: string) => useUploads.setState((state) => ({ refused: [...state.refused, { name, reason }] }));

async function sendOne(project: string, file: File, signal: AbortSignal) {
  let told = 0;
  const upTo = (sent: number) => { add({ sent: sent - told }); told = sent; };
  useUploads.setState({ current: file.name });
  try {
    // The form around the file is sent too, so that more may be sent than the file is long.
    const options = { signal, onProgress: (sent: number) => upTo(Math.min(file.size, sent)) };
    const { items, refused } = file.size > large
      ? await uploadInParts<{ id: string }>({ begin: urls.uploads(project), part: (id) => urls.upload(project, id) }, file, options)
      : await uploadFile<Sent>(urls.uploadPhotos(project), file, options);
    newIds.push(...items.map((item) => item.id));
    add({ added: items.length });
    refused.forEach((one) => refuse(one.name || file.name, one.reason));
  } catch (error) {
    if (signal.aborted) return;
    refuse(file.name, error instanceof Error ? error.message : String(error));
    // Without the program the rest would fail one by one.
    if (error instanceof ApiError && error.status === 0) { queue = []; }
  } finally {
    if (!signal.aborted) { upTo(file.size); add({ finished: 1 }); }
  }
  const now = performance.now();
  if (now - lastRefresh > refreshAfter) { lastRefresh = now; void refresh(project, "index"); }
}

function finish(project: string) {
  const { added, refused } = useUploads.getState();
  useUploads.setState({ running: false, current: "" });
  void refresh(project, "index", "albums", "stories");
  const ids = newIds;
  newIds = [];
  if (ids.length > 0) {
    let entries: string[] = [];
    remember({
      title: `Add ${formatCount(ids.length, "photo")}`,
      undo: async () => { entries = []; for (const id of ids) entries.push((await request<{ entry: string }>(urls.photo(project, id), { method: "DELETE" })).entry); await refresh(project, "index"); },
      redo: async () => { for (const entry of entries) await send(urls.restoreTrash(project), { body: { entry } }); await refresh(project, "index"); },
    });
  }
  const words = `${formatCount(added, "photo")} added${refused.length > 0 ? `, ${refused.length} not` : ""}.`;
  if (refused.length === 0) toast(words, { tone: "success" }); else say(words);
}

export function startUploads(project: string, files: readonly File[]) {
  if (files.length === 0) return;
  const state = useUploads.getState();
  if (!state.running) { controller = new AbortController(); useUploads.setState({ ...idle, project, running: true }); }
  if (state.running && state.project !== project) { toast("Photos of another project are still on their way. Add these when they are in."); return; }
  queue.push(...files);
  useUploads.setState((now) => ({ files: now.files + files.length, bytes: now.bytes + files.reduce((sum, file) => sum + file.size, 0) }));
  say(`${formatCount(files.length, "file")} on the way.`);
  const { signal } = controller;
  const work = async () => {
    for (let file = queue.shift(); file && !signal.aborted; file = queue.shift()) await sendOne(project, file, signal);
    workers -= 1;
    if (workers === 0) finish(project);
  };
  while (workers < Math.min(atOnce, queue.length + workers)) { workers += 1; void work(); if (queue.length === 0) break; }
}

/** What is in already stays in. */
export function cancelUploads() {
  const left = queue.length;
  queue = [];
  controller.abort();
  say(`Stopped. ${formatCount(left, "file")} left out.`);
}

export const dismissUploads = () => useUploads.setState({ ...idle });
