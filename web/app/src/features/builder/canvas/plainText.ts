// Editing of a plain text property in place.
import { writeProp } from "../model/edits.ts";
import type { SessionStore, TextEdit } from "../model/session.ts";

export interface TextEditor { finish: () => void }

/** Makes the element editable, puts the caret where the pointer was, and writes what is typed into the draft. */
export function editPlainText(session: SessionStore, element: HTMLElement, edit: TextEdit, onFinish: () => void, at?: { x: number; y: number }): TextEditor {
  const document = element.ownerDocument;
  const selection = document.getSelection();
  element.setAttribute("contenteditable", "plaintext-only");
  element.setAttribute("role", "textbox");
  element.setAttribute("aria-label", "Text of the module");
  element.style.outline = "none";
  element.focus();
  const caret = at ? document.caretRangeFromPoint?.(at.x, at.y) : null;
  if (caret && element.contains(caret.startContainer)) { selection?.removeAllRanges(); selection?.addRange(caret); }
  else selection?.selectAllChildren(element);

  const write = () => writeProp(session, edit, (element.textContent ?? "").replace(/\u00a0/g, " ").replace(/\n/g, " "), "Edit text");
  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === "Enter" || event.key === "Escape") { event.preventDefault(); event.stopPropagation(); finish(); }
  };
  let finished = false;
  const finish = () => {
    if (finished) return;
    finished = true;
    element.removeEventListener("input", write);
    element.removeEventListener("keydown", keys);
    element.removeEventListener("blur", finish);
    for (const name of ["contenteditable", "role", "aria-label", "style"]) element.removeAttribute(name);
    selection?.removeAllRanges();
    element.blur();
    onFinish();
  };
  element.addEventListener("input", write);
  element.addEventListener("keydown", keys);
  element.addEventListener("blur", finish);
  return { finish };
}
