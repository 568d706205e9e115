// The frames, the drop line and the small toolbar above the canvas. Drawn in the studio's own document.
import { IconButton } from "@accid/ui/Button";
import { ArrowDown, ArrowUp, Copy, CornerLeftUp, Group, Trash2 } from "lucide-react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import { runCommand } from "../../../shared/commands.ts";
import { deleteChosen, duplicateChosen, moveSelected } from "../model/edits.ts";
import { useSession, useWorkbench } from "../model/context.tsx";
import { chosenIds, select } from "../model/session.ts";
import { findModule, kindOf, placeOf, siblingsOf } from "../model/tree.ts";
import styles from "./Canvas.module.css";
import { boxOf, elementOf, type Box } from "./geometry.ts";

const scaled = (box: Box, scale: number) => ({ left: box.left * scale, top: box.top * scale, width: box.width * scale, height: box.height * scale });
const chipHeight = 34;

function Chip({ ids, box, floor }: { ids: readonly string[]; box: Box; floor: number }) {
  const { session, types } = useWorkbench();
  const modules = useSession((state) => state.page.modules);
  const id = ids[0] ?? "";
  const module = findModule(modules, id);
  const place = placeOf(modules, id);
  if (!module || !place) return null;
  const many = ids.length > 1;
  const last = siblingsOf(modules, place.parent).length - 1;
  const above = box.top >= chipHeight;
  const top = above ? -chipHeight + 4 : Math.min(Math.max(4, 4 - box.top), floor - box.top - chipHeight);
  return (
    <div className={styles["chip"]} style={{ top, left: Math.max(0, -box.left) + (above ? 0 : 4) }} role="toolbar" aria-label={many ? "Chosen modules" : "Chosen module"}>
      <span>{many ? `${ids.length} modules` : kindOf(module, types)}</span>
      {!many && place.parent && <IconButton label="Choose the module around it" onClick={() => select(session, place.parent)}><CornerLeftUp /></IconButton>}
      <IconButton label="Move up" disabled={!many && place.index === 0} onClick={() => moveSelected(session, "up", types)}><ArrowUp /></IconButton>
      <IconButton label="Move down" disabled={!many && place.index === last} onClick={() => moveSelected(session, "down", types)}><ArrowDown /></IconButton>
      {many && <IconButton label="Wrap in a section" onClick={() => runCommand("wrap-section")}><Group /></IconButton>}
      <IconButton label="Duplicate" onClick={() => duplicateChosen(session)}><Copy /></IconButton>
      <IconButton label="Delete" onClick={() => deleteChosen(session)}><Trash2 /></IconButton>
    </div>
  );
}

export function Overlay({ canvas, scale, moved }: { canvas: Document; scale: number; moved: StoreApi<number> }) {
  useStore(moved);
  const { session, types } = useWorkbench();
  const selected = useSession((state) => state.selected);
  useSession((state) => state.group);
  const hovered = useSession((state) => state.hovered);
  const editing = useSession((state) => state.editing);
  const drag = useSession((state) => state.drag);
  const line = useSession((state) => state.drop?.line ?? null);
  const measure = (id: string | null) => {
    const element = id ? elementOf(canvas, id) : null;
    return element ? scaled(boxOf(element), scale) : null;
  };
  const chosen = measure(selected);
  const ids = chosenIds(session.getState());
  const others = ids.length > 1 ? ids.flatMap((id) => (id === selected ? [] : measure(id) ?? [])) : [];
  const under = hovered !== selected ? measure(hovered) : null;
  const hoveredModule = under && hovered ? findModule(session.getState().page.modules, hovered) : null;
  const floor = (canvas.defaultView?.innerHeight ?? 0) * scale;
  return (
    <div className={styles["overlay"]} data-overlay="">
      {under && !drag && (
        <div className={styles["hover"]} style={under}>
          {hoveredModule && <span className={styles["tag"]} style={{ top: under.top >= 22 ? -20 : 2 }}>{kindOf(hoveredModule, types)}</span>}
        </div>
      )}
      {others.map((box, index) => <div key={index} className={styles["selection"]} style={box} data-selected-too="" />)}
      {chosen && selected && (
        <div className={`${styles["selection"]} ${editing ? styles["editing"] : ""}`} style={chosen} data-selection="">
          {!drag && !editing && <Chip ids={ids} box={chosen} floor={floor} />}
        </div>
      )}
      {line && <div className={styles["line"]} style={scaled(line, scale)} data-drop-line="" />}
    </div>
  );
}
