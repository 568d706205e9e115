// Keys that only mean something on the canvas and in the outline: walking through the tree of modules.
import type { Workbench } from "../model/context.tsx";
import { chosenIds, extendTo, select, selectMany, toggleChosen } from "../model/session.ts";
import { findModule, flatten, kindOf, labelOf, placeOf, siblingsOf } from "../model/tree.ts";
import { say } from "../../../shared/announce.ts";
import { finishTextEdit } from "./textEditing.ts";

type Key = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey" | "preventDefault">;

function choose({ session, types }: Workbench, id: string | null | undefined) {
  if (!id) return;
  select(session, id);
  const module = findModule(session.getState().page.modules, id);
  if (module) say(`${kindOf(module, types)}: ${labelOf(module, types)}`);
}

const orderOf = (workbench: Workbench) => flatten(workbench.session.getState().page.modules).map((one) => one.module.id);

function sayChosen({ session, types }: Workbench) {
  const state = session.getState();
  const count = chosenIds(state).length;
  const module = state.selected ? findModule(state.page.modules, state.selected) : null;
  say(count > 1 ? `${count} modules chosen${module ? `, last ${kindOf(module, types)}: ${labelOf(module, types)}` : ""}` : module ? `${kindOf(module, types)}: ${labelOf(module, types)}` : "Nothing chosen.");
}

type Held = Pick<MouseEvent, "ctrlKey" | "metaKey" | "shiftKey">;
/** Whether the click is about one more, not about another. */
export const adds = (event: Held) => event.ctrlKey || event.metaKey;

/** A click with Ctrl adds or takes away one, one with Shift chooses all up to it. Returns false for a plain click. */
export function chooseWith(workbench: Workbench, event: Held, id: string, order = orderOf(workbench)): boolean {
  if (adds(event)) toggleChosen(workbench.session, id);
  else if (event.shiftKey && workbench.session.getState().selected) extendTo(workbench.session, order, id);
  else return false;
  sayChosen(workbench);
  return true;
}

/** Chooses everything that stands beside the chosen one; once more: everything on the page. */
function chooseAll(workbench: Workbench) {
  const { session } = workbench;
  const state = session.getState();
  const chosen = chosenIds(state);
  const parent = state.selected ? placeOf(state.page.modules, state.selected)?.parent ?? null : null;
  const beside = siblingsOf(state.page.modules, parent).map((module) => module.id);
  const isAll = beside.every((id) => chosen.includes(id)) && chosen.length === beside.length;
  selectMany(session, isAll ? state.page.modules.map((module) => module.id) : beside);
  sayChosen(workbench);
}

/** The keys that choose several. `order` are the modules as they are shown. */
export function manyKey(workbench: Workbench, event: Key, order = orderOf(workbench)): boolean {
  const { selected } = workbench.session.getState();
  const step = { ArrowDown: 1, ArrowUp: -1, End: order.length, Home: -order.length }[event.key];
  if (event.altKey) return false;
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "a") chooseAll(workbench);
  else if (event.shiftKey && !event.ctrlKey && !event.metaKey && step !== undefined && selected) {
    const at = Math.min(order.length - 1, Math.max(0, order.indexOf(selected) + step));
    extendTo(workbench.session, order, order[at] ?? selected);
    sayChosen(workbench);
  } else return false;
  event.preventDefault();
  return true;
}

/** Returns true when the key meant something here. */
export function canvasKey(workbench: Workbench, event: Key, editFirstText: (id: string) => void): boolean {
  if (!workbench.session.getState().editing && manyKey(workbench, event)) return true;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  const { page, selected, editing } = workbench.session.getState();
  const all = flatten(page.modules).map((one) => one.module.id);
  const at = selected ? all.indexOf(selected) : -1;
  switch (event.key) {
    case "ArrowDown": choose(workbench, all[Math.min(at + 1, all.length - 1)]); break;
    case "ArrowUp": choose(workbench, all[at === -1 ? all.length - 1 : Math.max(0, at - 1)]); break;
    case "ArrowLeft": choose(workbench, selected ? placeOf(page.modules, selected)?.parent : null); break;
    case "ArrowRight": choose(workbench, selected ? findModule(page.modules, selected)?.children?.[0]?.id : all[0]); break;
    case "Enter": if (!selected) return false; editFirstText(selected); break;
    case "Escape": if (editing) finishTextEdit(); else if (selected) select(workbench.session, null); else return false; break;
    default: return false;
  }
  event.preventDefault();
  return true;
}
