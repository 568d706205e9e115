// Moves photos to another place of their order: with the pointer, or by one with the keyboard.
import { useEffect, useRef, useState, type PointerEvent } from "react";
import { say } from "../../../shared/announce.ts";
import { select, useGalleryStore } from "../model/gallery.ts";
import type { Layout } from "../model/layout.ts";
import { pressed } from "../model/selection.ts";

interface Gap { left: number; top: number; height: number }
interface Drag {
  handlers: { onPointerDown?: (event: PointerEvent) => void };
  /** Where the photos would come to stand. */
  gap: Gap | null;
  step: (by: 1 | -1) => void;
  /** Whether the press that just ended was a drag, so that it is no click. */
  justEnded: () => boolean;
}

/** The photo before which a point lies, and where the line between the two is drawn. */
function placeAt(layout: Layout, x: number, y: number): { index: number; gap: Gap } | null {
  const line = layout.lines.find((one) => y < one.top + one.height + 4) ?? layout.lines[layout.lines.length - 1];
  if (!line) return null;
  const tile = line.tiles.find((one) => x < one.left + one.width / 2);
  const last = line.tiles[line.tiles.length - 1];
  if (!tile && !last) return null;
  return tile
    ? { index: tile.index, gap: { left: tile.left - 3, top: line.top, height: line.height } }
    : { index: (last?.index ?? 0) + 1, gap: { left: (last?.left ?? 0) + (last?.width ?? 0), top: line.top, height: line.height } };
}

export function useTileDrag(box: React.RefObject<HTMLElement | null>, layout: Layout, ids: string[], reorder: ((ids: string[], before: string | null) => void) | undefined): Drag {
  const gallery = useGalleryStore();
  const [gap, setGap] = useState<Gap | null>(null);
  const ended = useRef(false);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  const chosenInOrder = () => { const { chosen, at } = gallery.getState().selection; return chosen.size > 0 ? ids.filter((id) => chosen.has(id)) : at !== null ? [at] : []; };
  const onPointerDown = (event: PointerEvent) => {
    const id = (event.target as Element).closest<HTMLElement>("[data-photo]")?.dataset["photo"];
    if (!reorder || !id || event.button !== 0 || event.pointerType === "touch" || event.shiftKey || event.ctrlKey || event.metaKey) return;
    const begin = { x: event.clientX, y: event.clientY };
    let place: ReturnType<typeof placeAt> = null;
    let dragging = false;
    const move = (next: globalThis.PointerEvent) => {
      const element = box.current;
      if (!element || (!dragging && Math.hypot(next.clientX - begin.x, next.clientY - begin.y) < 6)) return;
      if (!dragging && !gallery.getState().selection.chosen.has(id)) select(gallery, (now) => pressed(now, ids, id, { range: false, toggle: false }));
      dragging = true;
      const frame = element.getBoundingClientRect();
      if (next.clientY < frame.top + 40) element.scrollTop -= 14;
      if (next.clientY > frame.bottom - 40) element.scrollTop += 14;
      const pad = parseFloat(getComputedStyle(element).paddingLeft);
      place = placeAt(layout, next.clientX - frame.left - pad, next.clientY - frame.top + element.scrollTop);
      setGap(place?.gap ?? null);
    };
    const end = (next: globalThis.PointerEvent) => {
      stop.current?.();
      if (!dragging) return;
      ended.current = true;
      window.setTimeout(() => { ended.current = false; }, 0);
      if (place && next.type === "pointerup") reorder(chosenInOrder(), ids[place.index] ?? null);
    };
    const key = (next: globalThis.KeyboardEvent) => { if (next.key === "Escape") { stop.current?.(); say("Left where it was."); } };
    stop.current = () => {
      window.removeEventListener("pointermove", move); window.removeEventListener("pointerup", end); window.removeEventListener("pointercancel", end); window.removeEventListener("keydown", key);
      setGap(null);
      stop.current = null;
    };
    window.addEventListener("pointermove", move); window.addEventListener("pointerup", end); window.addEventListener("pointercancel", end); window.addEventListener("keydown", key);
  };
  const step = (by: 1 | -1) => {
    if (!reorder) { say("These photos are in the order of time. Open an album, or order by hand, to move them."); return; }
    const moving = chosenInOrder();
    const known = new Set(moving);
    const first = ids.findIndex((id) => known.has(id));
    const rest = ids.filter((id) => !known.has(id));
    const before = ids.slice(0, first).filter((id) => !known.has(id)).length;
    const to = Math.max(0, Math.min(rest.length, before + by));
    if (to !== before) { reorder(moving, rest[to] ?? null); say(`At place ${to + 1} of ${ids.length}.`); }
  };
  return { handlers: reorder ? { onPointerDown } : {}, gap, step, justEnded: () => ended.current };
}

/** The order in which some photos stand before another, or at the end. */
export function reordered(all: readonly string[], moving: readonly string[], before: string | null): string[] {
  const known = new Set(moving);
  // Dropped on itself: the place is before the next that stays.
  let anchor = before;
  if (anchor !== null && known.has(anchor)) anchor = all.slice(all.indexOf(anchor)).find((id) => !known.has(id)) ?? null;
  const rest = all.filter((id) => !known.has(id));
  const at = anchor === null ? rest.length : rest.indexOf(anchor);
  return [...rest.slice(0, at), ...moving, ...rest.slice(at)];
}
