// Starts and ends the editing of a text where it stands on the canvas: plain or rich.
import { say, toast } from "../../../shared/announce.ts";
import { languageName, textsOf, translationOf } from "../languages/translations.ts";
import { writeText } from "../model/edits.ts";
import { splitPointer } from "../model/patch.ts";
import { findModule } from "../model/tree.ts";
import type { SessionStore, TextEdit } from "../model/session.ts";
import { useView } from "../model/view.ts";
import type { Json, ModuleType } from "@accid/api-client/types";
import { elementOf, moduleIdAt } from "./geometry.ts";
import { editPlainText } from "./plainText.ts";
import type { RichEditor, RichState } from "../../../shared/rich/richEditor.ts";

export interface RichToolbarState { editor: RichEditor; state: RichState; element: HTMLElement }
export interface TextTarget { element: HTMLElement; edit: TextEdit }

const textMarks = "[data-accid-prop], [data-accid-rich]";

function targetOf(element: HTMLElement | null | undefined): TextTarget | null {
  const module = element ? moduleIdAt(element) : null;
  if (!element || !module) return null;
  const rich = element.getAttribute("data-accid-rich");
  const name = rich ?? element.getAttribute("data-accid-prop") ?? "";
  return { element, edit: { module, name, rich: rich !== null, language: useView.getState().language } };
}

/** The text at a point of the canvas, if one can be edited there; also when a picture of the same module lies above it. */
export function textAt(document: Document, x: number, y: number): TextTarget | null {
  const stack = document.elementsFromPoint(x, y);
  const module = moduleIdAt(stack[0] ?? null);
  const found = stack.map((element) => element.closest<HTMLElement>(textMarks)).find((element) => element && moduleIdAt(element) === module);
  return targetOf(found);
}

/** The text one most likely means: the module's own heading, else its first own text; not that of a module inside it. */
export function firstTextOf(document: Document, id: string): TextTarget | null {
  const module = elementOf(document, id);
  if (!module) return null;
  const all = [module, ...module.querySelectorAll<HTMLElement>(textMarks)].filter((element) => element.matches(textMarks));
  const own = all.filter((element) => moduleIdAt(element) === id);
  return targetOf(own.find((element) => /^H[1-6]$/.test(element.tagName)) ?? own[0]);
}

/** What is stored: in another language the translation, and only that when `own` is asked for. */
function readText(session: SessionStore, edit: TextEdit, own: "own" | "shown"): Json | undefined {
  const module = findModule(session.getState().page.modules, edit.module);
  const told = module && edit.language ? translationOf(module, edit.language, `/${edit.name}`)?.value : undefined;
  if (edit.language && (told !== undefined || own === "own")) return told;
  return splitPointer(`/${edit.name}`).reduce<Json | undefined>((at, part) => (at as Record<string, Json> | undefined)?.[part], module?.props);
}

let finishCurrent: (() => void) | null = null;
export const finishTextEdit = () => finishCurrent?.();

/** Whether a text may differ from language to language. */
function isTranslatable(session: SessionStore, types: ModuleType[], { module: id, name }: TextEdit): boolean {
  const module = findModule(session.getState().page.modules, id);
  return module !== null && textsOf(module, types.find((type) => type.type === module.type)).some((text) => text.pointer === `/${name}`);
}

const labelOf = ({ language }: TextEdit) => (language ? `Text of the module in ${languageName(language)}` : "Text of the module");

interface Options {
  session: SessionStore;
  types: ModuleType[];
  target: TextTarget;
  at?: { x: number; y: number } | undefined;
  onRich: (state: RichToolbarState | null) => void;
  onFinish: () => void;
  isToolbar: (element: EventTarget | null) => boolean;
  toToolbar: () => void;
}

/** What ends an edit, once: from within, or because the text is gone or something else is done. `follow` tells the editor
 * of changes that came from elsewhere. */
function startEdit(session: SessionStore, edit: TextEdit, onFinish: () => void) {
  let editor: { show: (value: Json | undefined) => void; close: () => void } | null = null;
  const end = () => {
    if (finishCurrent !== end) return;
    finishCurrent = null;
    stop();
    editor?.close();
    if (session.getState().editing === edit) session.setState({ editing: null });
    onFinish();
  };
  // What the editor cannot show it must not write over. A translation that is emptied does not bring the source back
  // while somebody writes it anew.
  const follow = () => {
    const value = readText(session, edit, "own");
    if (edit.language && value === undefined) return;
    try { editor?.show(value); } catch { end(); }
  };
  const stop = session.subscribe((state, before) => {
    const isThere = state.page === before.page || findModule(state.page.modules, edit.module) !== null;
    if (!isThere) say("The module was removed elsewhere.");
    if (!isThere || state.editing !== edit) end();
    else if (state.page !== before.page) follow();
  });
  finishCurrent = end;
  return { end, isOpen: () => finishCurrent === end, bind: (next: NonNullable<typeof editor>) => { editor = next; } };
}

export async function startTextEdit({ session, types, target, at, onRich, onFinish, isToolbar, toToolbar }: Options) {
  finishTextEdit();
  const { element, edit } = target;
  if (edit.language) {
    if (!isTranslatable(session, types, edit)) { say("This text is the same in all languages."); return; }
    // Until the renderer says it anew: what is typed now is of this language.
    element.lang = edit.language;
  }
  session.setState({ selected: edit.module, editing: edit });
  const { end, isOpen, bind } = startEdit(session, edit, onFinish);
  if (!edit.rich) {
    const { show, finish } = editPlainText({ element, at, label: labelOf(edit), onChange: (value) => writeText(session, edit, value), onFinish: end });
    bind({ show, close: finish });
    return;
  }
  const { mountRichEditor } = await import("../../../shared/rich/richEditor.ts");
  if (!isOpen()) return;
  if (!element.isConnected) { end(); return; }
  try {
    let pending: RichState | null = null;
    let editor: RichEditor | null = null;
    editor = mountRichEditor({
      element, value: readText(session, edit, "shown"), label: labelOf(edit), ...(at ? { at } : {}),
      onChange: (value) => writeText(session, edit, value),
      onState: (state) => { pending = state; if (editor && isOpen()) onRich({ editor, state, element }); },
      onEscape: end,
      onTools: toToolbar,
      onBlur: (to) => { window.setTimeout(() => { if (!isToolbar(to) && !isToolbar(document.activeElement) && element.ownerDocument.activeElement !== element && isOpen()) end(); }, 60); },
    });
    const mounted = editor;
    bind({ show: mounted.show, close: () => { mounted.destroy(); onRich(null); } });
    if (pending) onRich({ editor, state: pending, element });
    editor.focus();
  } catch {
    end();
    toast("This text has something this ACCID does not know. Editing it here would lose that; update ACCID first.", { tone: "error" });
  }
}
