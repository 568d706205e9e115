// Editing of a plain text property in place.
import type { Json } from "@accid/api-client/types";

export interface TextEditor {
  /** Shows a value that came from elsewhere: from undo, or from another window. */
  show: (value: Json | undefined) => void;
  finish: () => void;
}

interface Options { element: HTMLElement; label: string; at?: { x: number; y: number } | undefined; onChange: (value: string) => void; onFinish: () => void }

/** How far the caret stands in the text; null when it stands elsewhere. */
function caretIn(element: HTMLElement, selection: Selection | null): number | null {
  if (!selection?.focusNode || !element.contains(selection.focusNode)) return null;
  const range = element.ownerDocument.createRange();
  range.selectNodeContents(element);
  range.setEnd(selection.focusNode, selection.focusOffset);
  return range.toString().length;
}

/** Makes the element editable, puts the caret where the pointer was, and says what is typed. */
export function editPlainText({ element, label, at, onChange, onFinish }: Options): TextEditor {
  const document = element.ownerDocument;
  const selection = document.getSelection();
  element.setAttribute("contenteditable", "plaintext-only");
  element.setAttribute("role", "textbox");
  element.setAttribute("aria-label", label);
  element.style.outline = "none";
  element.focus();
  const caret = at ? document.caretRangeFromPoint?.(at.x, at.y) : null;
  if (caret && element.contains(caret.startContainer)) { selection?.removeAllRanges(); selection?.addRange(caret); }
  else selection?.selectAllChildren(element);

  const read = () => (element.textContent ?? "").replace(/\u00a0/g, " ").replace(/\n/g, " ");
  const write = () => onChange(read());
  const show = (value: Json | undefined) => {
    if (typeof value !== "string" || value === read()) return;
    const at = caretIn(element, selection);
    element.textContent = value;
    if (at !== null && element.firstChild) selection?.collapse(element.firstChild, Math.min(at, value.length));
  };
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
  return { show, finish };
}
