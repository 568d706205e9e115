// What can be done with several modules that are chosen together, and the style they are given together.
import { Button } from "@accid/ui/Button";
import { formatShortcut, runCommand } from "../../../shared/commands.ts";
import { useSession, useWorkbench } from "../model/context.tsx";
import { chosenIds } from "../model/session.ts";
import { findModule, kindOf } from "../model/tree.ts";
import type { Viewport } from "../model/view.ts";
import styles from "./Inspector.module.css";
import { StylePanel } from "./StylePanel.tsx";

const actions = [
  { id: "duplicate", title: "Duplicate", shortcut: "Mod+d" }, { id: "wrap-section", title: "Wrap in a section", shortcut: "Mod+g" },
  { id: "wrap-row", title: "Set side by side" }, { id: "unwrap", title: "Unwrap", shortcut: "Mod+Shift+G" },
  { id: "copy", title: "Copy", shortcut: "Mod+c" }, { id: "delete", title: "Delete", shortcut: "Delete" },
];

export function ManyPanel({ breakpoint, onBreakpoint }: { breakpoint: Viewport; onBreakpoint: (viewport: Viewport) => void }) {
  const { session, types } = useWorkbench();
  const page = useSession((state) => state.page);
  useSession((state) => state.group);
  const modules = chosenIds(session.getState()).flatMap((id) => findModule(page.modules, id) ?? []);
  const kinds = [...new Set(modules.map((module) => kindOf(module, types)))];
  return (
    <div className={styles["inspector"]} data-inspector="many" data-commands-work="">
      <div className={styles["head"]}><h2>{modules.length} modules</h2><p>{kinds.join(", ")}. What is set here is set for all of them.</p></div>
      <div className={styles["actions"]} role="group" aria-label="With all of them">
        {actions.map(({ id, title, shortcut }) => <Button key={id} onClick={() => runCommand(id)} title={shortcut && formatShortcut(shortcut)}>{title}</Button>)}
      </div>
      <StylePanel modules={modules} breakpoint={breakpoint} onBreakpoint={onBreakpoint} />
    </div>
  );
}
