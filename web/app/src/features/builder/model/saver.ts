// Brings a session's draft to the server: after a pause, one patch at a time, again when the server was away, and merged
// when somebody else was faster. Until the server has it, the draft is kept in this browser.
import { ApiError, send } from "@accid/api-client/client";
import type { PageDocument, PageView } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { toast } from "../../../shared/announce.ts";
import { followUndo } from "./keptUndo.ts";
import { mergePages, type Side } from "./merge.ts";
import { applyPatch, diff, isEqual, share } from "./patch.ts";
import { change, pageOf, type SessionStore } from "./session.ts";
import { findModule, toDocument } from "./tree.ts";
import { findUnsaved, forgetUnsaved, keepUnsaved } from "./unsaved.ts";

const pause = 400;
/** A large page takes a few milliseconds to write down, which is too much for every key. */
const keepWithin = 250;
const firstRetry = 1000;
const longestRetry = 15_000;

export interface Saver {
  /** Sends what is unsaved now. Resolves when the server has it or cannot take it now. */
  flush: (options?: { keepalive?: boolean }) => Promise<void>;
  /** Somebody changed the page: takes it over, or merges it with what is unsaved. */
  follow: (etag?: string) => Promise<void>;
  resolve: (choices: Record<string, Side>) => Promise<void>;
  /** Lets the server change the page and takes the result over as one step that can be undone. Throws what `work` throws. */
  apply: (title: string, work: (etag: string) => Promise<PageView>) => Promise<void>;
  close: () => void;
}

export function startSaver(session: SessionStore): Saver {
  const { project, pageId } = session.getState();
  let timer = 0;
  let keeping = 0;
  let retry = firstRetry;
  let running: Promise<void> | null = null;
  let fullWarned = false;
  let wanted: string | null = null;

  const plan = (delay: number) => { clearTimeout(timer); timer = window.setTimeout(() => void flush(), delay); };
  const isDirty = () => { const { base, page } = session.getState(); return base !== page && !isEqual(pageOf(base), pageOf(page)); };

  const keep = () => {
    clearTimeout(keeping);
    keeping = 0;
    const { base, page, etag, conflict } = session.getState();
    // With a question open it is kept as it was before the question, so that it is asked again.
    const from = conflict ? { base: conflict.base, etag: "" } : { base, etag };
    if (!keepUnsaved(project, pageId, { ...from, draft: page, at: Date.now() }) && !fullWarned) {
      fullWarned = true;
      toast("This browser has no room left to keep unsaved work. Everything is sent to ACCID as always; only a crash in between could lose the last second.", { tone: "error" });
    }
  };

  const keepSoon = () => { if (keeping === 0) keeping = window.setTimeout(keep, keepWithin); };
  const keepWhatWaits = () => { if (keeping !== 0) keep(); };
  const forget = () => { clearTimeout(keeping); keeping = 0; forgetUnsaved(project, pageId); };

  const acknowledge = (sent: PageView | null, view: PageView) => {
    const { page } = session.getState();
    const base = share(pageOf(toDocument(view as PageView & Record<string, unknown>)), pageOf(page)) as unknown as PageDocument;
    let draft = base;
    if (sent && page !== (sent as unknown)) {
      try {
        draft = applyPatch(pageOf(base), diff(pageOf(sent), pageOf(page))) as unknown as typeof page;
      } catch {
        draft = page;
      }
    }
    // The same content keeps its identity, so nothing is drawn again.
    if (isEqual(pageOf(draft), pageOf(page))) draft = page;
    session.setState({ base: isEqual(pageOf(base), pageOf(draft)) ? draft : base, page: draft, etag: view.etag, path: view.path, problem: null });
    retry = firstRetry;
  };

  const merge = async () => {
    const theirs = (await send<PageView>(urls.page(project, pageId))).data;
    const other = toDocument(theirs as PageView & Record<string, unknown>);
    // Read only now: somebody may have typed while the page was on its way.
    const { base, page } = session.getState();
    const merged = mergePages(base, page, other);
    session.setState({ base: other, etag: theirs.etag });
    if (merged.conflicts.length > 0) {
      session.setState({ conflict: { conflicts: merged.conflicts, base, theirs: other }, deciding: true, save: "conflict" });
      keep();
      return;
    }
    const result = merged.result({});
    session.setState({ page: isEqual(pageOf(result), pageOf(other)) ? other : result, save: "dirty" });
    toast("The page was changed in another window too. Both changes are in.");
    if (isDirty()) plan(0);
  };

  const fail = async (error: unknown) => {
    if (error instanceof ApiError && error.status === 412) return merge();
    if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429) {
      session.setState({ save: "refused", problem: error.message });
      return;
    }
    session.setState({ save: "offline", problem: error instanceof Error ? error.message : String(error) });
    plan(retry);
    retry = Math.min(retry * 2, longestRetry);
  };

  const run = async (keepalive: boolean) => {
    const { base, page, etag } = session.getState();
    const patch = diff(pageOf(base), pageOf(page));
    session.setState({ save: "saving" });
    try {
      // A keepalive request may outlive the tab, but only with a small body.
      const small = keepalive && JSON.stringify(patch).length < 60_000;
      const answer = await send<PageView>(urls.page(project, pageId), { method: "PATCH", body: patch, patch: true, ifMatch: etag, keepalive: small });
      acknowledge(page as PageView, { ...answer.data, etag: answer.data.etag ?? answer.etag ?? "" });
      if (isDirty()) { keepSoon(); session.setState({ save: "dirty" }); plan(0); } else { forget(); session.setState({ save: "saved" }); }
    } catch (error) {
      await fail(error).catch(() => { session.setState({ save: "offline" }); plan(retry); });
    }
  };

  const flush = async ({ keepalive = false } = {}): Promise<void> => {
    clearTimeout(timer);
    while (running) await running;
    if (session.getState().conflict) return;
    if (!isDirty()) {
      if (session.getState().save !== "saved") { forget(); session.setState({ save: "saved", problem: null }); }
      return;
    }
    running = run(keepalive).finally(() => { running = null; });
    await running;
    const asked = wanted;
    wanted = null;
    if (asked) await follow(asked);
  };

  const follow = async (etag?: string): Promise<void> => {
    if (running && etag) { wanted = etag; return; }
    if ((etag && etag === session.getState().etag) || session.getState().conflict) return;
    if (isDirty()) return flush();
    const before = session.getState().etag;
    try {
      const view = (await send<PageView>(urls.page(project, pageId))).data;
      // What was saved while the page was on its way is newer than the page.
      if (running || isDirty() || session.getState().etag !== before || view.etag === before) return;
      const selected = session.getState().selected;
      acknowledge(null, view);
      const page = session.getState().page;
      if (selected && !findModule(page.modules, selected)) session.setState({ selected: null, editing: null });
      session.setState({ save: "saved" });
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) session.setState({ save: "refused", problem: "The page was removed in another window. Its text is still here; the trash can bring it back." });
    }
  };

  const resolve = async (choices: Record<string, Side>) => {
    const { conflict, page } = session.getState();
    if (!conflict) return;
    // Put together anew: what was typed since the question came up is mine, too.
    const result = mergePages(conflict.base, page, conflict.theirs).result(choices);
    session.setState({ page: result, conflict: null, deciding: false, save: "dirty", selected: null, editing: null });
    await flush();
  };

  const apply = async (title: string, work: (etag: string) => Promise<PageView>) => {
    await flush();
    while (running) await running;
    const { page, etag } = session.getState();
    const answer = work(etag);
    // Nothing is saved meanwhile, and the event about this change is not taken for somebody else's.
    running = answer.then(() => undefined, () => undefined).finally(() => { running = null; });
    const view = await answer;
    await running;
    wanted = null;
    if (session.getState().page !== page) return merge();
    session.setState({ base: toDocument(view as PageView & Record<string, unknown>), etag: view.etag, path: view.path });
    change(session, () => session.getState().base, { title, select: null });
    session.setState({ base: session.getState().page, save: "saved" });
  };

  const adopt = async () => {
    for (const left of await findUnsaved(project, pageId)) {
      const { page, etag, base, conflict } = session.getState();
      // One question at a time; what is left waits for the next opening.
      if (conflict) return;
      if (isEqual(pageOf(left.draft), pageOf(left.base)) || isEqual(pageOf(left.draft), pageOf(page))) { left.forget(); continue; }
      const merged = left.etag === etag && page === base ? { conflicts: [], result: () => left.draft } : mergePages(left.base, left.draft, page);
      if (merged.conflicts.length > 0) session.setState({ page: left.draft, conflict: { conflicts: merged.conflicts, base: left.base, theirs: page }, deciding: true, save: "conflict" });
      else session.setState({ page: merged.result({}), save: "dirty" });
      keep();
      left.forget();
      toast("What you typed before this page was closed is back.", { tone: "success" });
      plan(0);
    }
  };

  const stop = session.subscribe((state, before) => {
    if (state.page === before.page || !isDirty()) return;
    keepSoon();
    if (state.save !== "saving" && state.save !== "offline" && state.save !== "conflict") session.setState({ save: "dirty" });
    if (state.save !== "offline") plan(pause);
  });
  const leave = () => { keepWhatWaits(); if (document.visibilityState === "hidden") void flush({ keepalive: true }); };
  const online = () => { if (session.getState().save === "offline") void flush(); };
  document.addEventListener("visibilitychange", leave);
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", online);
  // What a closed tab left comes first: the steps of that tab lead back from there.
  let endUndo: (() => void) | null = null;
  let closed = false;
  void adopt().finally(() => { if (!closed) endUndo = followUndo(session); });
  return {
    flush, follow, resolve, apply,
    close: () => {
      closed = true;
      endUndo?.();
      keepWhatWaits();
      void flush();
      stop();
      document.removeEventListener("visibilitychange", leave);
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("online", online);
    },
  };
}
