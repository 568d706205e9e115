// What to do where nothing is yet: on an empty page, and in sections and rows that hold nothing.
import { Button } from "@accid/ui/Button";
import { LayoutTemplate, Plus } from "lucide-react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import { formatShortcut, runCommand } from "../../../shared/commands.ts";
import { useSession, useWorkbench } from "../model/context.tsx";
import { select } from "../model/session.ts";
import { flatten, kindOf } from "../model/tree.ts";
import styles from "./Canvas.module.css";
import { boxOf, slotMark } from "./geometry.ts";
import { useCanvasSheet } from "./useCanvasSheet.ts";

/** An empty container has no height of its own, so nothing could be dropped into it. It is there on the canvas alone. */
const room = `[${slotMark}]:not([${slotMark}="page"]):not(:has(> *)){min-height:96px}`;

export function EmptyHints({ canvas, scale, moved }: { canvas: Document; scale: number; moved: StoreApi<number> }) {
  useStore(moved);
  useCanvasSheet(canvas, room);
  const { session, types } = useWorkbench();
  const modules = useSession((state) => state.page.modules);
  const dragging = useSession((state) => state.drag !== null);
  if (dragging) return null;
  if (modules.length === 0) {
    return (
      <section className={styles["empty"]} aria-label="An empty page">
        <h2>An empty page</h2>
        <p>Drag something here from Add, or begin with a pattern and write your own words over it. Text, pictures and addresses can also be pasted.</p>
        <div>
          <Button kind="primary" icon={<Plus />} onClick={() => runCommand("add")} title={formatShortcut("a")}>Add a module</Button>
          <Button icon={<LayoutTemplate />} onClick={() => runCommand("patterns")}>Choose a pattern</Button>
        </div>
      </section>
    );
  }
  const empty = flatten(modules).filter(({ module }) => types.find((type) => type.type === module.type)?.nests && !module.children?.length && !module.props["part"]);
  return empty.map(({ module }) => {
    const slot = canvas.querySelector(`[${slotMark}="${CSS.escape(module.id)}"]`);
    if (!slot || slot.childElementCount > 0) return null;
    const { left, top, width, height } = boxOf(slot);
    return (
      <button key={module.id} type="button" className={styles["hint"]} data-empty-slot={module.id} style={{ left: left * scale, top: top * scale, width: width * scale, height: height * scale }}
        onClick={() => { select(session, module.id); runCommand("add"); }}>
        <Plus aria-hidden="true" /><span>Empty {kindOf(module, types).toLowerCase()}: put something in</span>
      </button>
    );
  });
}
