// The keys of the builder that mean something at one place only; the sheet of shortcuts tells them.
import type { LocalKeys } from "../../shared/commands.ts";

const canvas = "Canvas and outline";
const text = "In a text";
const tree = "In the list of pages";

export const builderKeys: LocalKeys[] = [
  { group: canvas, title: "Choose the next or previous module", shortcut: ["ArrowDown", "ArrowUp"] },
  { group: canvas, title: "Choose the module around it, or the first inside", shortcut: ["ArrowLeft", "ArrowRight"] },
  { group: canvas, title: "Choose several: one more, or one less", shortcut: ["Shift+ArrowDown", "Shift+ArrowUp"] },
  { group: canvas, title: "Choose all beside it; again: all on the page", shortcut: ["Mod+a"] },
  { group: canvas, title: "Copy, cut, paste: also pictures, web pages, Markdown and addresses", shortcut: ["Mod+c", "Mod+x", "Mod+v"] },
  { group: canvas, title: "Edit the text of the chosen module", shortcut: ["Enter"] },
  { group: canvas, title: "Leave a text, then the selection", shortcut: ["Escape"] },
  { group: text, title: "Bold, italic, underlined", shortcut: ["Mod+b", "Mod+i", "Mod+u"] },
  { group: text, title: "Struck through, code", shortcut: ["Mod+Shift+X", "Mod+e"] },
  { group: text, title: "Text, heading 2, 3 or 4", shortcut: ["Mod+Alt+0", "Mod+Alt+2", "Mod+Alt+3", "Mod+Alt+4"] },
  { group: text, title: "List, numbered list, quotation", shortcut: ["Mod+Shift+8", "Mod+Shift+7", "Mod+Shift+B"] },
  { group: text, title: "Go to the tools of the text", shortcut: ["Alt+F10"] },
  { group: tree, title: "Move the page up or down", shortcut: ["Alt+ArrowUp", "Alt+ArrowDown"] },
  { group: tree, title: "Nest the page, or move it out", shortcut: ["Alt+ArrowRight", "Alt+ArrowLeft"] },
  { group: tree, title: "Rename the page", shortcut: ["F2"] },
  { group: tree, title: "Move the page to the trash", shortcut: ["Delete"] },
];
