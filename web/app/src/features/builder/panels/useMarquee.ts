// A frame drawn around several rows of the outline chooses them. It begins beside or below the rows: on a row a drag moves.
import { useEffect, useState } from "react";
import { say } from "../../../shared/announce.ts";
import { useWorkbench } from "../model/context.tsx";
import { chosenIds, selectMany } from "../model/session.ts";

export interface Frame { left: number; top: number; width: number; height: number }
const threshold = 4;

export function useMarquee(tree: React.RefObject<HTMLElement | null>, isEmpty: boolean): Frame | null {
  const { session } = useWorkbench();
  const [frame, setFrame] = useState<Frame | null>(null);
  useEffect(() => {
    const area = tree.current;
    if (!area) return;
    let start: { x: number; y: number; kept: readonly string[] } | null = null;
    let drawn = false;
    const at = (event: PointerEvent) => { const box = area.getBoundingClientRect(); return { x: event.clientX - box.left, y: event.clientY - box.top }; };
    const press = (event: PointerEvent) => {
      if (event.target !== area || event.button !== 0 || event.pointerType === "touch") return;
      start = { ...at(event), kept: event.ctrlKey || event.metaKey || event.shiftKey ? chosenIds(session.getState()) : [] };
      drawn = false;
      area.setPointerCapture(event.pointerId);
      event.preventDefault();
    };
    const move = (event: PointerEvent) => {
      if (!start) return;
      const now = at(event);
      if (!drawn && Math.hypot(now.x - start.x, now.y - start.y) < threshold) return;
      drawn = true;
      const next = { left: Math.min(start.x, now.x), top: Math.min(start.y, now.y), width: Math.abs(now.x - start.x), height: Math.abs(now.y - start.y) };
      setFrame(next);
      const rows = [...area.querySelectorAll<HTMLElement>("[data-outline-row]")].filter((row) => row.offsetTop < next.top + next.height && row.offsetTop + row.offsetHeight > next.top);
      const touched = rows.flatMap((row) => row.dataset["outlineRow"] ?? []);
      selectMany(session, [...start.kept.filter((id) => !touched.includes(id)), ...touched]);
    };
    const end = () => {
      if (!start) return;
      if (drawn) say(`${chosenIds(session.getState()).length} modules chosen`);
      else selectMany(session, start.kept);
      start = null;
      setFrame(null);
    };
    area.addEventListener("pointerdown", press);
    area.addEventListener("pointermove", move);
    area.addEventListener("pointerup", end);
    area.addEventListener("pointercancel", end);
    return () => {
      area.removeEventListener("pointerdown", press);
      area.removeEventListener("pointermove", move);
      area.removeEventListener("pointerup", end);
      area.removeEventListener("pointercancel", end);
    };
  }, [tree, session, isEmpty]);
  return frame;
}
