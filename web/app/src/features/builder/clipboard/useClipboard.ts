// Listens to the browser's own copy, cut and paste while no text has the focus: then modules are meant.
import { useEffect } from "react";
import { useWorkbench } from "../model/context.tsx";
import { chosenIds } from "../model/session.ts";
import { copyInto, pasteEvent } from "./clipboard.ts";

const isText = (target: EventTarget | null) => {
  const element = target as Partial<HTMLElement> | null;
  return !!element?.tagName && (/^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.isContentEditable === true || !!element.closest?.("[contenteditable]"));
};

export function useClipboard(canvas: Document | null) {
  const { session, types } = useWorkbench();
  useEffect(() => {
    const isOurs = (event: ClipboardEvent) => {
      const target = event.target as Document | Element | null;
      const owner = (target as Partial<Node> | null)?.ownerDocument ?? document;
      const isDialog = [...document.querySelectorAll("dialog[open]")].some((dialog) => dialog.querySelector("[data-commands-work]") === null);
      return !event.defaultPrevented && !session.getState().editing && !isText(event.target) && !isText(owner.activeElement) && !isDialog;
    };
    const take = (cut: boolean) => (event: ClipboardEvent) => {
      // Words that are marked somewhere in the studio are what is meant.
      const marked = document.getSelection();
      if (!event.clipboardData || !isOurs(event) || (marked && !marked.isCollapsed && marked.toString().trim()) || chosenIds(session.getState()).length === 0) return;
      if (copyInto(session, event.clipboardData, cut)) event.preventDefault();
    };
    const copy = take(false);
    const cut = take(true);
    const paste = (event: ClipboardEvent) => {
      if (!event.clipboardData || !isOurs(event)) return;
      event.preventDefault();
      void pasteEvent(session, types, event.clipboardData);
    };
    const documents = canvas ? [document, canvas] : [document];
    for (const one of documents) { one.addEventListener("copy", copy); one.addEventListener("cut", cut); one.addEventListener("paste", paste); }
    return () => { for (const one of documents) { one.removeEventListener("copy", copy); one.removeEventListener("cut", cut); one.removeEventListener("paste", paste); } };
  }, [canvas, session, types]);
}
