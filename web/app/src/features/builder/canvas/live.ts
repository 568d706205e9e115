// Keeps the canvas's document in step with the draft: asks the server to render what changed and patches the result in.
// One request at a time; what changes meanwhile waits and is rendered as one.
import { request } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import type { PageDocument, RenderView } from "@accid/api-client/types";
import { noteFindings } from "../model/findings.ts";
import { onlyChangedModule, type SessionStore } from "../model/session.ts";
import { findModule } from "../model/tree.ts";
import { useView } from "../model/view.ts";
import { echoTexts, morphModule, morphPage } from "./morph.ts";

export interface LiveCanvas {
  attach: (document: Document) => void;
  /** Renders the whole page anew, because something outside the draft changed. An answer still under way is dropped: it is older. */
  refresh: () => void;
  close: () => void;
}

const longestRetry = 15_000;
const lookAfter = 600;

export function startLiveCanvas(session: SessionStore, onPatched: () => void, onError: (error: unknown) => void): LiveCanvas {
  let document: Document | null = null;
  // What the server had when the canvas was asked for.
  const begun = session.getState().base;
  let shown: PageDocument = begun;
  let planned = false;
  let running = false;
  let forced = false;
  let refreshes = 0;
  let closed = false;
  let retry = 0;
  let failures = 0;
  let looking = 0;
  noteFindings([], null);

  const render = async () => {
    if (running || closed || !document) return;
    const { page, project, pageId } = session.getState();
    if (page === shown && !forced) return;
    running = true;
    const target = document;
    const asked = refreshes;
    // The pins and the list of a map tell of its modules: there no module changes alone.
    const only = forced || page.spatial ? null : onlyChangedModule(shown, page);
    forced = false;
    try {
      const module = only ? findModule(page.modules, only) : null;
      const { language } = useView.getState();
      const answer = await request<RenderView>(urls.render(project, pageId), { body: { ...(module ? { module } : { page }), ...(language ? { language } : {}) } });
      if (target === document && !closed && asked === refreshes) {
        const patched = module ? morphModule(target, module.id, answer) : (morphPage(target, answer.html), true);
        shown = page;
        noteFindings(answer.findings, module?.id ?? null);
        if (!patched) forced = true;
        onPatched();
      }
      failures = 0;
    } catch (error) {
      // Nothing of it is shown: the next try is about the whole page, whatever was changed last.
      forced = true;
      failures += 1;
      onError(error);
    } finally {
      running = false;
      // The program is away, or cannot draw this page: not again at once, unless there is something new.
      if (!closed && failures > 0 && session.getState().page === page) retry = window.setTimeout(plan, Math.min(1000 * 2 ** (failures - 1), longestRetry));
      else if (!closed && (session.getState().page !== shown || forced)) plan();
    }
  };
  const look = async () => {
    const { page, project, pageId } = session.getState();
    const answer = await request<RenderView>(urls.render(project, pageId), { body: { page } }).catch(() => null);
    if (answer && !closed && session.getState().page === page) noteFindings(answer.findings, null);
  };
  // At once, not with the next frame, which may be long in coming; what changes together is still one request.
  const plan = () => {
    clearTimeout(retry);
    if (planned || running) return;
    planned = true;
    queueMicrotask(() => { planned = false; void render(); });
  };
  const echo = (before: PageDocument, after: PageDocument) => {
    const id = document && onlyChangedModule(before, after);
    const [old, now] = id ? [findModule(before.modules, id), findModule(after.modules, id)] : [];
    if (document && old && now && !useView.getState().language && echoTexts(document, old, now)) onPatched();
  };
  const stop = session.subscribe((state, before) => {
    if (state.page === before.page) return;
    echo(before.page, state.page);
    plan();
  });
  return {
    attach: (next) => {
      document = next;
      // What the server has sent is neither the draft nor, perhaps, what has been saved since.
      shown = begun;
      forced = session.getState().page !== shown;
      plan();
      // The document came without them; looked at once the page stands, and only for what was found.
      clearTimeout(looking);
      looking = window.setTimeout(() => void look(), lookAfter);
    },
    refresh: () => { refreshes += 1; forced = true; plan(); },
    close: () => { closed = true; stop(); clearTimeout(retry); clearTimeout(looking); },
  };
}
