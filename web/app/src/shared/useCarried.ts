// Something of a list that a pointer takes out of it and lets go elsewhere; a picture of it follows meanwhile.
import { useRef, useState, type PointerEvent } from "react";

/** How far a pointer goes before it is a drag and no press, in pixels. */
const begun = 6;

interface Options {
  /** It was let go here. */
  onDrop: (id: string, clientX: number, clientY: number) => void;
  /** It was pressed and not moved. */
  onPress?: (id: string) => void;
}

/** What the things of the list listen to, and where the one that is carried is. */
export function useCarried({ onDrop, onPress }: Options) {
  const start = useRef<{ id: string; x: number; y: number; moved: boolean } | null>(null);
  const [carried, setCarried] = useState<{ id: string; x: number; y: number } | null>(null);
  const onPointerMove = (event: PointerEvent) => {
    const now = start.current;
    if (!now || (!now.moved && Math.hypot(event.clientX - now.x, event.clientY - now.y) < begun)) return;
    now.moved = true;
    setCarried({ id: now.id, x: event.clientX, y: event.clientY });
  };
  const end = (event: PointerEvent) => {
    const now = start.current;
    start.current = null;
    setCarried(null);
    if (!now || event.type !== "pointerup") return;
    if (now.moved) onDrop(now.id, event.clientX, event.clientY);
    else onPress?.(now.id);
  };
  const listen = (id: string) => ({
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = { id, x: event.clientX, y: event.clientY, moved: false };
    },
    onPointerMove, onPointerUp: end, onPointerCancel: end,
  });
  return { carried, listen };
}
