// Keeps the canvas's document in step with the draft: asks the server to render what changed and patches the result in.
// One request at a time; what changes meanwhile waits and is rendered as one.
import { request } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { Idiomorph } from "idiomorph";
import type { PageDocument, RenderView } from "@accid/api-client/types";
import { onlyChangedModule, type SessionStore } from "../model/session.ts";
import { findModule } from "../model/tree.ts";
import { elementOf } from "./geometry.ts";

export interface LiveCanvas {
  attach: (document: Document) => void;
  /** Renders the whole page anew, because something outside the draft changed. An answer still under way is dropped: it is older. */
  refresh: () => void;
  close: () => void;
}

/** The element somebody is typing in is left alone: what it shows is newer than any answer. */
function isBeingEdited(node: Node): boolean {
  return node.nodeType === Node.ELEMENT_NODE && (node as Element).hasAttribute("contenteditable");
}

const morphOptions = {
  callbacks: {
    beforeNodeMorphed: (node: Node) => !isBeingEdited(node),
    beforeNodeRemoved: (node: Node) => !isBeingEdited(node),
    // The canvas shows pictures at once; without this every patch would make them lazy again.
    beforeAttributeUpdated: (name: string) => name !== "loading",
  },
};

function morphPage(document: Document, html: string) {
  const next = new DOMParser().parseFromString(html, "text/html");
  next.querySelectorAll("script").forEach((script) => script.remove());
  document.querySelectorAll("body script").forEach((script) => script.remove());
  document.title = next.title;
  const root = document.documentElement;
  for (const { name, value } of [...next.documentElement.attributes]) root.setAttribute(name, value);
  setStyle(document, next.head.querySelector("style")?.textContent ?? "");
  Idiomorph.morph(document.body, next.body, { morphStyle: "outerHTML", ...morphOptions });
}

function setStyle(document: Document, text: string) {
  let style = document.head.querySelector("style:not([data-accid-draft])");
  if (!style) {
    style = document.createElement("style");
    document.head.append(style);
  }
  if (style.textContent !== text) style.textContent = text;
}

/** Returns false when the module has no element yet, or none any more. */
function morphModule(document: Document, id: string, { html, style }: RenderView): boolean {
  const element = elementOf(document, id);
  if (!element || html.trim() === "") return false;
  if (typeof style === "string") setStyle(document, style);
  Idiomorph.morph(element, html, { morphStyle: "outerHTML", ...morphOptions });
  return true;
}

const longestRetry = 15_000;

export function startLiveCanvas(session: SessionStore, onPatched: () => void, onError: (error: unknown) => void): LiveCanvas {
  let document: Document | null = null;
  let shown: PageDocument = session.getState().base;
  let frame = 0;
  let running = false;
  let forced = false;
  let refreshes = 0;
  let closed = false;
  let retry = 0;
  let failures = 0;

  const render = async () => {
    if (running || closed || !document) return;
    const { page, project, pageId } = session.getState();
    if (page === shown && !forced) return;
    running = true;
    const target = document;
    const asked = refreshes;
    const only = forced ? null : onlyChangedModule(shown, page);
    forced = false;
    try {
      const module = only ? findModule(page.modules, only) : null;
      const answer = await request<RenderView>(urls.render(project, pageId), { body: module ? { module } : { page } });
      if (target === document && !closed && asked === refreshes) {
        const patched = module ? morphModule(target, module.id, answer) : (morphPage(target, answer.html), true);
        shown = page;
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
  const plan = () => { clearTimeout(retry); cancelAnimationFrame(frame); frame = requestAnimationFrame(() => void render()); };
  const stop = session.subscribe((state, before) => { if (state.page !== before.page) plan(); });
  return {
    attach: (next) => {
      document = next;
      // What the server has just sent is what it had saved, not the draft.
      shown = session.getState().base;
      forced = session.getState().page !== shown;
      plan();
    },
    refresh: () => { refreshes += 1; forced = true; plan(); },
    close: () => { closed = true; stop(); clearTimeout(retry); cancelAnimationFrame(frame); },
  };
}
