// What can be done with the open page, as commands.
import {
  ArrowDown, ArrowDownToLine, ArrowUp, ArrowUpToLine, ClipboardCopy, ClipboardPaste, Copy, CornerLeftUp, CornerRightDown, Globe, Group, ListTree, Maximize, Menu, Monitor, Palette, PanelLeft, PanelRight,
  PencilLine, Plus, Redo2, Scan, Scissors, SkipBack, SkipForward, Smartphone, Tablet, Trash2, Undo2, Ungroup, ZoomIn, ZoomOut,
} from "lucide-react";
import type { Command } from "../../shared/commands.ts";
import { copyChosen, pasteFromMenu } from "./clipboard/clipboard.ts";
import type { Workbench } from "./model/context.tsx";
import { addModule, deleteChosen, duplicateChosen, moveSelected, placeForNew, unwrapChosen, wrapChosen, type Direction } from "./model/edits.ts";
import { openMenuBesideChosen } from "./model/menu.ts";
import { redoStep, undoStep } from "./model/session.ts";
import { setZoom, showViewport, stepZoom, type Panel } from "./model/view.ts";
import type { LeftTab } from "./panels/LeftPanel.tsx";
import { focusPart } from "./parts.ts";

interface Views { showPanel: (tab: LeftTab) => void; togglePanel: (panel: Panel) => void }

export function builderCommands(workbench: Workbench, { showPanel, togglePanel }: Views): Command[] {
  const { session, types } = workbench;
  const state = () => session.getState();
  const isChosen = () => state().selected !== null && state().editing === null;
  const withChosen = (run: (id: string) => void) => () => { const { selected } = state(); if (selected) run(selected); };
  const move = (direction: Direction) => () => moveSelected(session, direction, types);
  const needsChosen = { undoable: true, when: isChosen, otherwise: "Choose a module first, with the arrow keys on the canvas or in the outline." };
  const isNoDialog = () => document.querySelector("dialog[open]") === null;
  return [
    { id: "undo", title: "Undo", group: "Page", icon: Undo2, shortcut: "Mod+z", when: () => state().editing === null || state().undoList.done.length > 0, run: () => undoStep(session) },
    { id: "redo", title: "Redo", group: "Page", icon: Redo2, shortcut: ["Mod+Shift+Z", "Mod+y"], when: () => state().undoList.undone.length > 0, otherwise: "There is nothing to do again.", run: () => redoStep(session) },
    { id: "add", title: "Add a module", group: "Page", icon: Plus, shortcut: "a", run: () => showPanel("add") },
    { id: "deselect", title: "Choose nothing: show the page's settings", group: "Page", icon: ListTree, when: isChosen, run: () => session.setState({ selected: null }) },
    { id: "edit-text", title: "Edit its text in place", group: "Module", icon: PencilLine, when: isChosen, run: withChosen((id) => workbench.canvas.editText(id)) },
    { id: "move-up", title: "Move up", group: "Module", icon: ArrowUp, shortcut: "Alt+ArrowUp", ...needsChosen, run: move("up") },
    { id: "move-down", title: "Move down", group: "Module", icon: ArrowDown, shortcut: "Alt+ArrowDown", ...needsChosen, run: move("down") },
    { id: "move-in", title: "Move into the section beside it", group: "Module", icon: CornerRightDown, shortcut: "Alt+ArrowRight", ...needsChosen, run: move("in") },
    { id: "move-out", title: "Move out of its section", group: "Module", icon: CornerLeftUp, shortcut: "Alt+ArrowLeft", ...needsChosen, run: move("out") },
    { id: "move-first", title: "Move to the beginning", group: "Module", icon: ArrowUpToLine, shortcut: "Alt+Home", ...needsChosen, run: move("first") },
    { id: "move-last", title: "Move to the end", group: "Module", icon: ArrowDownToLine, shortcut: "Alt+End", ...needsChosen, run: move("last") },
    { id: "menu", title: "Menu of what is chosen", group: "Module", icon: Menu, shortcut: ["Shift+F10", "ContextMenu"], when: () => state().editing === null, run: openMenuBesideChosen },
    { id: "copy", title: "Copy", group: "Module", icon: ClipboardCopy, when: isChosen, run: () => void copyChosen(session) },
    { id: "cut", title: "Cut", group: "Module", icon: Scissors, undoable: true, when: isChosen, run: () => void copyChosen(session, true) },
    { id: "paste", title: "Paste", group: "Module", icon: ClipboardPaste, undoable: true, run: () => void pasteFromMenu(session, types) },
    { id: "duplicate", title: "Duplicate", group: "Module", icon: Copy, shortcut: "Mod+d", ...needsChosen, run: () => duplicateChosen(session) },
    { id: "delete", title: "Delete", group: "Module", icon: Trash2, shortcut: ["Delete", "Backspace"], ...needsChosen, run: () => deleteChosen(session) },
    ...types.filter((type) => type.nests).map((type): Command => ({ id: `wrap-${type.type}`, title: `Wrap in: ${type.title}`, group: "Module", icon: Group, ...(type.type === "section" ? { shortcut: "Mod+g" } : {}), ...needsChosen, run: () => wrapChosen(session, type) })),
    { id: "unwrap", title: "Unwrap: put what is inside in its place", group: "Module", icon: Ungroup, shortcut: "Mod+Shift+G", ...needsChosen, run: () => unwrapChosen(session) },
    { id: "outline", title: "Outline: choose and move modules", group: "Page", icon: ListTree, shortcut: "o", run: () => showPanel("structure") },
    { id: "design", title: "Design: theme, colours, type", group: "Site", icon: Palette, shortcut: "d", run: () => showPanel("design") },
    { id: "site", title: "Site: name, language, address", group: "Site", icon: Globe, run: () => showPanel("site") },
    { id: "next-part", title: "Go to the next part of the window", group: "View", icon: SkipForward, shortcut: "F6", whileTyping: true, when: isNoDialog, run: () => focusPart(1) },
    { id: "previous-part", title: "Go to the part before", group: "View", icon: SkipBack, shortcut: "Shift+F6", whileTyping: true, when: isNoDialog, run: () => focusPart(-1) },
    { id: "phone", title: "Show as on a phone", group: "View", icon: Smartphone, run: () => showViewport("phone") },
    { id: "tablet", title: "Show as on a tablet", group: "View", icon: Tablet, run: () => showViewport("tablet") },
    { id: "desktop", title: "Show as on a desktop", group: "View", icon: Monitor, run: () => showViewport("desktop") },
    { id: "zoom-in", title: "Zoom in", group: "View", icon: ZoomIn, shortcut: ["+", "="], run: () => stepZoom(1) },
    { id: "zoom-out", title: "Zoom out", group: "View", icon: ZoomOut, shortcut: "-", run: () => stepZoom(-1) },
    { id: "zoom-full", title: "Zoom to 100 %", group: "View", icon: Maximize, shortcut: "1", run: () => setZoom(1) },
    { id: "zoom-fit", title: "Zoom to fit", group: "View", icon: Scan, shortcut: "0", run: () => setZoom("fit") },
    { id: "panel-left", title: "Show or hide pages and modules", group: "View", icon: PanelLeft, shortcut: "[", run: () => togglePanel("left") },
    { id: "panel-right", title: "Show or hide the inspector", group: "View", icon: PanelRight, shortcut: "]", run: () => togglePanel("right") },
    ...types.map((type): Command => ({ id: `add-${type.type}`, title: `Add: ${type.title}`, group: "Add", icon: Plus, undoable: true, run: () => addModule(session, type, placeForNew(session, types)) })),
  ];
}
