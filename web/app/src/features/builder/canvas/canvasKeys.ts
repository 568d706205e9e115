// Keys that only mean something on the canvas and in the outline: walking through the tree of modules.
import type { Workbench } from "../model/context.tsx";
import { select } from "../model/session.ts";
import { findModule, flatten, kindOf, labelOf, placeOf } from "../model/tree.ts";
import { say } from "../../../shared/announce.ts";
import { finishTextEdit } from "./textEditing.ts";

type Key = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey" | "preventDefault">;

function choose({ session, types }: Workbench, id: string | null | undefined) {
  if (!id) return;
  select(session, id);
  const module = findModule(session.getState().page.modules, id);
  if (module) say(`${kindOf(module, types)}: ${labelOf(module, types)}`);
}

/** Returns true when the key meant something here. */
export function canvasKey(workbench: Workbench, event: Key, editFirstText: (id: string) => void): boolean {
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
