// The value somebody is led to: the inspector opens what is folded around its field and puts the focus there.
import { create } from "zustand";
import type { Wanted } from "../../../shared/goTo.ts";
import { splitPointer } from "./patch.ts";
import { select, type SessionStore } from "./session.ts";
import { findModule } from "./tree.ts";
import { showLanguage, showViewport, type Viewport } from "./view.ts";

export const useAsked = create<{ asked: { pointer: string } | null }>(() => ({ asked: null }));

/** Chooses what the place is in, and asks for its field. */
export function showPlace(session: SessionStore, { module, pointer }: Wanted) {
  if (module !== null && !findModule(session.getState().page.modules, module)) return;
  select(session, module);
  const [area, first, second] = splitPointer(pointer);
  showLanguage(area === "translations" ? first ?? "" : "");
  if (area === "style" && (first === "desktop" || first === "tablet" || first === "phone")) showViewport(first satisfies Viewport);
  // A translation is written where its source is named.
  const asked = area === "translations" ? `/translations${module ? "" : "/"}${second ?? ""}` : pointer;
  useAsked.setState({ asked: asked ? { pointer: asked } : null });
}

/** The tab of the inspector that has the field. */
export function tabOf(pointer: string): "content" | "style" | "layout" {
  if (pointer.startsWith("/style") || pointer === "/css") return "style";
  return /^\/(layout|visibility|anchor)/.test(pointer) ? "layout" : "content";
}

const controls = "input:not([type=hidden]), textarea, select, [contenteditable=true], button:not(:disabled)";

/** Puts the focus into the field of a value, else into that of what it is in. Returns whether there was one. */
export function focusField(root: ParentNode, pointer: string): boolean {
  for (let parts = pointer; parts !== ""; parts = parts.slice(0, parts.lastIndexOf("/"))) {
    const field = root.querySelector(`[data-field="${CSS.escape(parts)}"]`);
    // What a picture shows is written, not pressed.
    const written = /\/alt$/.test(pointer) ? field?.querySelector<HTMLElement>("textarea") : null;
    const control = written ?? field?.querySelector<HTMLElement>(controls);
    if (!control) continue;
    control.focus();
    control.scrollIntoView({ block: "center" });
    return true;
  }
  return false;
}
