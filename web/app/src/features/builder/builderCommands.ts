// What can be done with the open page, as commands.
import {
  ArrowDown, ArrowUp, Copy, CornerLeftUp, CornerRightDown, Globe, ListTree, Monitor, Palette, PencilLine, Plus, Redo2, Smartphone, Tablet, Trash2, Undo2,
} from "lucide-react";
import type { Command } from "../../shared/commands.ts";
import type { Viewport } from "./canvas/Canvas.tsx";
import type { Workbench } from "./model/context.tsx";
import { addModule, deleteModule, duplicateModule, moveSelected, placeForNew } from "./model/edits.ts";
import { redoStep, undoStep } from "./model/session.ts";
import type { LeftTab } from "./panels/LeftPanel.tsx";

interface Views { showViewport: (viewport: Viewport) => void; showPanel: (tab: LeftTab) => void }

export function builderCommands(workbench: Workbench, { showViewport, showPanel }: Views): Command[] {
  const { session, types } = workbench;
  const state = () => session.getState();
  const isChosen = () => state().selected !== null && state().editing === null;
  const withChosen = (run: (id: string) => void) => () => { const { selected } = state(); if (selected) run(selected); };
  const move = (direction: "up" | "down" | "in" | "out") => () => moveSelected(session, direction, types);
  return [
    { id: "undo", title: "Undo", group: "Page", icon: Undo2, shortcut: "Mod+z", when: () => state().undoList.done.length > 0, run: () => undoStep(session) },
    { id: "redo", title: "Redo", group: "Page", icon: Redo2, shortcut: ["Mod+Shift+Z", "Mod+y"], when: () => state().undoList.undone.length > 0, run: () => redoStep(session) },
    { id: "add", title: "Add a module", group: "Page", icon: Plus, shortcut: "a", run: () => showPanel("add") },
    { id: "deselect", title: "Choose nothing: show the page's settings", group: "Page", icon: ListTree, when: isChosen, run: () => session.setState({ selected: null }) },
    { id: "edit-text", title: "Edit its text in place", group: "Module", icon: PencilLine, when: isChosen, run: withChosen((id) => workbench.canvas.editText(id)) },
    { id: "move-up", title: "Move up", group: "Module", icon: ArrowUp, shortcut: "Alt+ArrowUp", undoable: true, when: isChosen, run: move("up") },
    { id: "move-down", title: "Move down", group: "Module", icon: ArrowDown, shortcut: "Alt+ArrowDown", undoable: true, when: isChosen, run: move("down") },
    { id: "move-in", title: "Move into the section beside it", group: "Module", icon: CornerRightDown, shortcut: "Alt+ArrowRight", undoable: true, when: isChosen, run: move("in") },
    { id: "move-out", title: "Move out of its section", group: "Module", icon: CornerLeftUp, shortcut: "Alt+ArrowLeft", undoable: true, when: isChosen, run: move("out") },
    { id: "duplicate", title: "Duplicate", group: "Module", icon: Copy, shortcut: "Mod+d", undoable: true, when: isChosen, run: withChosen((id) => duplicateModule(session, id)) },
    { id: "delete", title: "Delete", group: "Module", icon: Trash2, shortcut: ["Delete", "Backspace"], undoable: true, when: isChosen, run: withChosen((id) => deleteModule(session, id)) },
    { id: "design", title: "Design: theme, colours, type", group: "Site", icon: Palette, shortcut: "d", run: () => showPanel("design") },
    { id: "site", title: "Site: name, language, address", group: "Site", icon: Globe, run: () => showPanel("site") },
    { id: "phone", title: "Show as on a phone", group: "View", icon: Smartphone, run: () => showViewport("phone") },
    { id: "tablet", title: "Show as on a tablet", group: "View", icon: Tablet, run: () => showViewport("tablet") },
    { id: "desktop", title: "Show as on a desktop", group: "View", icon: Monitor, run: () => showViewport("desktop") },
    ...types.map((type): Command => ({ id: `add-${type.type}`, title: `Add: ${type.title}`, group: "Add", icon: Plus, undoable: true, run: () => addModule(session, type, placeForNew(session, types)) })),
  ];
}
