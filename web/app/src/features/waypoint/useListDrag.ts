// Moves an item of a list to another place: with the pointer, or with Alt and the arrow keys. The list itself stays where it
// is; a mark shows where the item would come to stand.
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { say } from "../../shared/announce.ts";

interface Over { index: number; side: "before" | "after" }

export interface ListDrag {
  list: { onPointerDown: (event: PointerEvent<HTMLElement>) => void; ref: (list: HTMLElement | null) => void };
  item: (index: number) => { "data-index": number; "data-over"?: "before" | "after" | undefined; "data-dragged"?: true | undefined };
  key: (event: KeyboardEvent, index: number) => void;
  justEnded: () => boolean;
}

/** `axis`: whether items stand below each other; else side by side. `handle`: what an item is taken by; all of it without. */
export function useListDrag(count: number, move: (from: number, to: number) => void, { axis = "across", handle }: { axis?: "across" | "down"; handle?: string } = {}): ListDrag {
  const list = useRef<HTMLElement>(null);
  const [ref] = useState(() => (element: HTMLElement | null) => { list.current = element; });
  const [from, setFrom] = useState<number | null>(null);
  const [over, setOver] = useState<Over | null>(null);
  const ended = useRef(false);
  const stop = useRef<(() => void) | null>(null);
  useEffect(() => () => stop.current?.(), []);
  const items = () => [...list.current?.querySelectorAll<HTMLElement>(":scope > [data-index]") ?? []];
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const target = event.target as Element;
    const item = target.closest<HTMLElement>("[data-index]");
    if (!item || item.parentElement !== list.current || event.button !== 0 || target.closest("input, textarea, select, [contenteditable], [role=menu], [popovertarget]")) return;
    if (handle ? !target.closest(handle) : event.pointerType === "touch") return;
    const taken = Number(item.dataset["index"]);
    const begin = { x: event.clientX, y: event.clientY };
    let place: Over | null = null;
    let dragging = false;
    const onMove = (next: globalThis.PointerEvent) => {
      if (!dragging && Math.hypot(next.clientX - begin.x, next.clientY - begin.y) < 6) return;
      dragging = true;
      next.preventDefault();
      setFrom(taken);
      const scroller = list.current?.closest<HTMLElement>("[data-scroller]");
      const frame = scroller?.getBoundingClientRect();
      if (scroller && frame) { if (next.clientY < frame.top + 50) scroller.scrollTop -= 14; if (next.clientY > frame.bottom - 50) scroller.scrollTop += 14; }
      let least = Infinity;
      for (const one of items()) {
        const box = one.getBoundingClientRect();
        const away = Math.hypot(Math.max(box.left - next.clientX, 0, next.clientX - box.right), Math.max(box.top - next.clientY, 0, next.clientY - box.bottom));
        if (away >= least) continue;
        least = away;
        const isAfter = axis === "down" ? next.clientY > box.top + box.height / 2 : next.clientX > box.left + box.width / 2;
        place = { index: Number(one.dataset["index"]), side: isAfter ? "after" : "before" };
      }
      setOver(place);
    };
    const onEnd = (next: globalThis.PointerEvent) => {
      stop.current?.();
      if (!dragging) return;
      ended.current = true;
      window.setTimeout(() => { ended.current = false; }, 0);
      if (next.type !== "pointerup" || !place) return;
      const before = place.index + (place.side === "after" ? 1 : 0);
      const to = before > taken ? before - 1 : before;
      if (to !== taken) move(taken, to);
    };
    const onKey = (next: globalThis.KeyboardEvent) => { if (next.key === "Escape") { stop.current?.(); say("Left where it was."); } };
    stop.current = () => {
      window.removeEventListener("pointermove", onMove); window.removeEventListener("pointerup", onEnd); window.removeEventListener("pointercancel", onEnd); window.removeEventListener("keydown", onKey, true);
      setFrom(null);
      setOver(null);
      stop.current = null;
    };
    window.addEventListener("pointermove", onMove); window.addEventListener("pointerup", onEnd); window.addEventListener("pointercancel", onEnd); window.addEventListener("keydown", onKey, true);
  };
  return {
    list: { onPointerDown, ref },
    item: (index) => ({ "data-index": index, "data-over": over?.index === index ? over.side : undefined, "data-dragged": from === index ? true : undefined }),
    key: (event, index) => {
      const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
      if (!event.altKey || by === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (index + by >= 0 && index + by < count) move(index, index + by);
    },
    justEnded: () => ended.current,
  };
}
