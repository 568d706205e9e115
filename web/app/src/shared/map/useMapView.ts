// Moves a map: with a pointer, two fingers, the wheel, and keys.
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import type { MapPicture } from "./mapSvg.ts";
import { project, unproject, type Place, type Spot } from "./projection.ts";
import { fitted, fittedTo, panned, toMap, toWindow, zoomed, type Seen, type Size } from "./view.ts";

export interface MapView {
  seen: Seen;
  size: Size;
  /** The element of the map, once there is one. */
  box: HTMLElement | null;
  setBox: (element: HTMLElement | null) => void;
  /** Where a place is in the window of the map. */
  spotOf: (place: Place) => Spot;
  /** The place under a point of the screen, as events have it; none outside the map or the world. */
  placeAt: (clientX: number, clientY: number) => Place | null;
  /** The place in the middle. */
  middle: () => Place | null;
  zoom: (factor: number, at?: Spot) => void;
  fit: (places?: Place[]) => void;
  handlers: {
    onPointerDown: (event: PointerEvent) => void; onPointerMove: (event: PointerEvent) => void;
    onPointerUp: (event: PointerEvent) => void; onPointerCancel: (event: PointerEvent) => void;
    onKeyDown: (event: KeyboardEvent) => void;
  };
}

const step = 60;
const empty: Size = { width: 0, height: 0 };

/** `onPress`: the map was pressed without being moved. `begin`: what is seen at first; the whole map without it. */
export function useMapView(map: MapPicture | undefined, { onPress, begin }: { onPress?: (place: Place) => void; begin?: Place[] } = {}): MapView {
  const [box, setBox] = useState<HTMLElement | null>(null);
  const [size, setSize] = useState<Size>(empty);
  const [moved, setMoved] = useState<{ of: MapPicture; seen: Seen } | null>(null);
  const fingers = useRef(new Map<number, Spot>());
  const travelled = useRef(0);
  useEffect(() => {
    if (!box) return;
    const sizes = new ResizeObserver(() => setSize({ width: box.clientWidth, height: box.clientHeight }));
    sizes.observe(box);
    return () => sizes.disconnect();
  }, [box]);
  const first = useMemo(() => {
    if (!map || size.width === 0) return { k: 1, x: 0, y: 0 };
    return begin && begin.length > 0 ? fittedTo(begin.map((place) => project(map.projection, place)), map, size) : fitted(map, size);
  }, [map, size, begin]);
  const seen = moved && moved.of === map ? moved.seen : first;
  const latest = useRef(seen);
  useEffect(() => { latest.current = seen; });
  const set = useCallback((next: (now: Seen) => Seen) => {
    if (!map) return;
    latest.current = next(latest.current);
    setMoved({ of: map, seen: latest.current });
  }, [map]);
  const here = (event: { clientX: number; clientY: number }): Spot => {
    const frame = box?.getBoundingClientRect();
    return { x: event.clientX - (frame?.left ?? 0), y: event.clientY - (frame?.top ?? 0) };
  };
  const placeAt = (clientX: number, clientY: number): Place | null => {
    const frame = box?.getBoundingClientRect();
    if (!map || !frame || clientX < frame.left || clientX > frame.right || clientY < frame.top || clientY > frame.bottom) return null;
    return unproject(map.projection, toMap(latest.current, here({ clientX, clientY })));
  };
  const zoom = (factor: number, at: Spot = { x: size.width / 2, y: size.height / 2 }) => { if (map) set((now) => zoomed(now, factor, at, map, size)); };
  // The wheel's listener must be able to say no to the page's own scrolling, which React's cannot.
  useEffect(() => {
    const element = box;
    if (!element || !map) return;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const frame = element.getBoundingClientRect();
      const at = { x: event.clientX - frame.left, y: event.clientY - frame.top };
      set((now) => zoomed(now, Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0016)), at, map, { width: element.clientWidth, height: element.clientHeight }));
    };
    element.addEventListener("wheel", wheel, { passive: false });
    return () => element.removeEventListener("wheel", wheel);
  }, [box, map, set]);
  const isControl = (event: { target: EventTarget }) => (event.target as Element).closest?.("button, a, input, select, [data-no-pan]") !== null;
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || isControl(event)) return;
    travelled.current = fingers.current.size === 0 ? 0 : Infinity;
    fingers.current.set(event.pointerId, here(event));
    event.currentTarget.setPointerCapture?.(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    const before = fingers.current.get(event.pointerId);
    if (!before || !map) return;
    const now = here(event);
    travelled.current += Math.hypot(now.x - before.x, now.y - before.y);
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    fingers.current.set(event.pointerId, now);
    if (other) {
      const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
      set((view) => zoomed(panned(view, (now.x - before.x) / 2, (now.y - before.y) / 2, map, size), factor, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }, map, size));
    } else if (travelled.current > 3) set((view) => panned(view, now.x - before.x, now.y - before.y, map, size));
  };
  const end = (event: PointerEvent) => {
    const was = fingers.current.delete(event.pointerId);
    if (!was || travelled.current > 3 || event.type === "pointercancel") return;
    const place = placeAt(event.clientX, event.clientY);
    if (place) onPress?.(place);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey || !map) return;
    const by = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key];
    if (by) set((now) => panned(now, by[0] ?? 0, by[1] ?? 0, map, size));
    else if (event.key === "+" || event.key === "=") zoom(1.5);
    else if (event.key === "-") zoom(1 / 1.5);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  };
  const fit = (places?: Place[]) => { if (map) set(() => (places ? fittedTo(places.map((place) => project(map.projection, place)), map, size) : fitted(map, size))); };
  return {
    seen, size, box, setBox, placeAt, zoom, fit,
    spotOf: (place) => (map ? toWindow(seen, project(map.projection, place)) : { x: 0, y: 0 }),
    middle: () => (map ? unproject(map.projection, toMap(seen, { x: size.width / 2, y: size.height / 2 })) : null),
    handlers: { onPointerDown, onPointerMove, onPointerUp: end, onPointerCancel: end, onKeyDown },
  };
}
