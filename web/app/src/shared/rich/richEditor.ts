// ProseMirror on an element, of the canvas or of the inspector. Loaded when somebody first edits rich text.
import type { Json } from "@accid/api-client/types";
import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { DOMSerializer, type MarkType, type NodeType } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { EditorState, TextSelection, type Command } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { isEqual } from "../equal.ts";
import { readRich, richSchema, writeRich } from "./richSchema.ts";

const { nodes, marks } = richSchema;
const node = (name: keyof typeof nodes) => nodes[name] as NodeType;
const mark = (name: keyof typeof marks) => marks[name] as MarkType;

export interface RichState { block: string; marks: Record<string, boolean>; list: string | null; link: string; language: string }
export interface RichEditor {
  run: (action: RichAction) => void;
  setLink: (href: string) => void;
  /** Says in which language the chosen words are, or what is typed next; empty takes that away. */
  setLanguage: (language: string) => void;
  /** Shows a value that came from elsewhere, and leaves the caret about where it was. */
  show: (value: Json | undefined) => void;
  focus: () => void;
  destroy: () => void;
}
export type RichAction = "paragraph" | "h2" | "h3" | "h4" | "bold" | "italic" | "underline" | "strike" | "code" | "bulletList" | "orderedList" | "blockquote" | "codeBlock" | "horizontalRule";

const insertBreak: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(node("hardBreak").create()).scrollIntoView());
  return true;
};
const insertRule: Command = (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(node("horizontalRule").create()).scrollIntoView());
  return true;
};

function listAround(state: EditorState): string | null {
  for (let depth = state.selection.$from.depth; depth > 0; depth -= 1) {
    const name = state.selection.$from.node(depth).type.name;
    if (name === "bulletList" || name === "orderedList") return name;
  }
  return null;
}

const toggleList = (name: "bulletList" | "orderedList"): Command => (state, dispatch, view) =>
  (listAround(state) === name ? liftListItem(node("listItem"))(state, dispatch) : wrapInList(node(name))(state, dispatch, view));

const actions: Record<RichAction, Command> = {
  paragraph: setBlockType(node("paragraph")),
  h2: setBlockType(node("heading"), { level: 2 }),
  h3: setBlockType(node("heading"), { level: 3 }),
  h4: setBlockType(node("heading"), { level: 4 }),
  bold: toggleMark(mark("bold")), italic: toggleMark(mark("italic")), underline: toggleMark(mark("underline")),
  strike: toggleMark(mark("strike")), code: toggleMark(mark("code")),
  bulletList: toggleList("bulletList"), orderedList: toggleList("orderedList"),
  blockquote: wrapIn(node("blockquote")), codeBlock: setBlockType(node("codeBlock")), horizontalRule: insertRule,
};

const keys = keymap({
  "Mod-b": actions.bold, "Mod-i": actions.italic, "Mod-u": actions.underline, "Mod-e": actions.code, "Mod-Shift-x": actions.strike,
  "Mod-Alt-0": actions.paragraph, "Mod-Alt-2": actions.h2, "Mod-Alt-3": actions.h3, "Mod-Alt-4": actions.h4,
  "Mod-Shift-8": actions.bulletList, "Mod-Shift-7": actions.orderedList, "Mod-Shift-b": actions.blockquote,
  "Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo,
  Enter: splitListItem(node("listItem")), Tab: sinkListItem(node("listItem")), "Shift-Tab": liftListItem(node("listItem")),
  "Shift-Enter": chainCommands(exitCode, insertBreak),
});

const rules = inputRules({
  rules: [
    textblockTypeInputRule(/^(#{2,4})\s$/, node("heading"), (match) => ({ level: match[1]?.length ?? 2 })),
    wrappingInputRule(/^\s*([-+*])\s$/, node("bulletList")),
    wrappingInputRule(/^(\d+)\.\s$/, node("orderedList"), (match) => ({ start: Number(match[1]) })),
    wrappingInputRule(/^\s*>\s$/, node("blockquote")),
    textblockTypeInputRule(/^```$/, node("codeBlock")),
  ],
});

function describe(state: EditorState): RichState {
  const { $from, from, to, empty } = state.selection;
  const active = (type: MarkType) => (empty ? !!type.isInSet(state.storedMarks ?? $from.marks()) : state.doc.rangeHasMark(from, to, type));
  const block = $from.parent.type.name === "heading" ? `h${Number($from.parent.attrs["level"])}` : $from.parent.type.name;
  const link = mark("link").isInSet($from.marks())?.attrs["href"] ?? (empty ? "" : state.doc.nodeAt(from)?.marks.find((one) => one.type === mark("link"))?.attrs["href"] ?? "");
  const language = String((empty ? mark("lang").isInSet(state.storedMarks ?? $from.marks()) : state.doc.nodeAt(from)?.marks.find((one) => one.type === mark("lang")))?.attrs["lang"] ?? "");
  return { block, marks: Object.fromEntries(["bold", "italic", "underline", "strike", "code", "link", "lang"].map((name) => [name, active(mark(name))])), list: listAround(state), link: String(link), language };
}

/** The extent of the mark the caret stands in, so that it can be changed without choosing it first. */
function rangeOf(type: MarkType, state: EditorState): { from: number; to: number } {
  const { $from, from, to, empty } = state.selection;
  if (!empty || !type.isInSet($from.marks())) return { from, to };
  const parent = $from.parent;
  let at = $from.start();
  let range = { from, to };
  parent.forEach((child) => {
    const end = at + child.nodeSize;
    if (at <= from && from <= end && type.isInSet(child.marks)) range = { from: at, to: end };
    at = end;
  });
  return range;
}

interface Options {
  element: HTMLElement;
  value: Json | undefined;
  label: string;
  onChange: (value: Json) => void;
  onState: (state: RichState) => void;
  onEscape?: () => void;
  /** The keys for the tools were pressed. */
  onTools?: () => void;
  onBlur?: (to: EventTarget | null) => void;
  at?: { x: number; y: number };
}

/** Throws when the stored text holds what the schema does not know. */
export function mountRichEditor({ element, value, label, onChange, onState, onEscape, onTools, onBlur, at }: Options): RichEditor {
  const doc = readRich(value);
  element.style.whiteSpace = "pre-wrap";
  const view = new EditorView({ mount: element }, {
    state: EditorState.create({ doc, plugins: [history(), rules, keys, keymap(baseKeymap)] }),
    attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label, style: "outline: none; white-space: pre-wrap" },
    dispatchTransaction(transaction) {
      const next = view.state.apply(transaction);
      view.updateState(next);
      if (transaction.docChanged && !transaction.getMeta("shown")) onChange(writeRich(next.doc));
      onState(describe(next));
    },
    handleKeyDown: (_, event) => {
      if (event.key === "F10" && event.altKey && onTools) { onTools(); return true; }
      if (event.key !== "Escape" || !onEscape) return false;
      onEscape();
      return true;
    },
    handleDOMEvents: { blur: (_, event) => { onBlur?.(event.relatedTarget); return false; } },
  });
  const found = at ? view.posAtCoords({ left: at.x, top: at.y }) : null;
  if (found) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(found.pos))));
  onState(describe(view.state));
  return {
    run: (action) => { actions[action](view.state, (transaction) => view.dispatch(transaction), view); view.focus(); },
    setLink: (href) => {
      const { from, to } = rangeOf(mark("link"), view.state);
      const transaction = view.state.tr.removeMark(from, to, mark("link"));
      if (href && from === to) transaction.insert(from, richSchema.text(href, [mark("link").create({ href })]));
      else if (href) transaction.addMark(from, to, mark("link").create({ href }));
      view.dispatch(transaction);
      view.focus();
    },
    setLanguage: (language) => {
      const { from, to } = rangeOf(mark("lang"), view.state);
      const transaction = view.state.tr;
      const next = language ? mark("lang").create({ lang: language }) : null;
      if (from === to) transaction.removeStoredMark(mark("lang"));
      else transaction.removeMark(from, to, mark("lang"));
      if (next && from === to) transaction.addStoredMark(next);
      else if (next) transaction.addMark(from, to, next);
      view.dispatch(transaction);
      view.focus();
    },
    show: (next) => {
      if (isEqual(next, writeRich(view.state.doc))) return;
      const wanted = readRich(next);
      const { from } = view.state.selection;
      const transaction = view.state.tr.replaceWith(0, view.state.doc.content.size, wanted.content);
      transaction.setSelection(TextSelection.near(transaction.doc.resolve(Math.min(from, transaction.doc.content.size))));
      view.dispatch(transaction.setMeta("shown", true).setMeta("addToHistory", false));
    },
    focus: () => view.focus(),
    destroy: () => {
      if (view.isDestroyed) return;
      const content = DOMSerializer.fromSchema(richSchema).serializeFragment(view.state.doc.content, { document: element.ownerDocument });
      view.destroy();
      for (const name of ["contenteditable", "role", "aria-multiline", "aria-label", "style", "translate"]) element.removeAttribute(name);
      element.classList.remove("ProseMirror", "ProseMirror-focused");
      // ProseMirror leaves the element empty; until the server's rendering comes, it shows the same text.
      element.replaceChildren(content);
    },
  };
}
