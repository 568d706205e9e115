// Who asks to edit a text types on at once, and it may take a moment until the text is there: the renderer has to draw it,
// the editor has to be fetched. The keys pressed meanwhile belong to the text; none of them is a shortcut.
import { elementOf } from "./geometry.ts";

const patience = 5_000;

/** Catches keys until it is called with the document to type them into, or with null when there is nothing to edit. */
export function catchKeys(...documents: Document[]): (into: Document | null) => void {
  let text = "";
  let all = false;
  let done = false;
  const take = (event: KeyboardEvent) => {
    if (event.altKey || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== "a") return;
      all = true;
      text = "";
    } else if (event.key.length === 1) text += event.key;
    else if (event.key === "Backspace") text = text.slice(0, -1);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  documents.forEach((document) => document.addEventListener("keydown", take, true));
  return (into) => {
    if (done) return;
    done = true;
    documents.forEach((document) => document.removeEventListener("keydown", take, true));
    if (into && all) into.execCommand("selectAll");
    if (into && text) into.execCommand("insertText", false, text);
  };
}

/** Waits until a module has an element; false when it gets none. */
export function untilDrawn(canvas: Document, id: string): Promise<boolean> {
  if (elementOf(canvas, id)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (found: boolean) => { observer.disconnect(); clearTimeout(timer); resolve(found); };
    const observer = new MutationObserver(() => { if (elementOf(canvas, id)) end(true); });
    const timer = setTimeout(() => end(false), patience);
    observer.observe(canvas, { childList: true, subtree: true });
  });
}
