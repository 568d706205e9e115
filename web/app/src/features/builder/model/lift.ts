// From a press to a drag: the mouse lifts by moving, a finger by resting, so that a finger that moves at once scrolls as
// it does everywhere. One drag at a time.
const threshold = 5;
/** A finger that rests this long (milliseconds) lifts; less than the browser's own long press. */
const restsFor = 350;
/** A finger never rests quite still. */
const trembles = 10;

export interface Point { x: number; y: number }
interface Lift {
  event: PointerEvent;
  target: Element;
  onLift: () => void;
  /** With every move, and with every frame while it rests. */
  onMove: (at: Point, frame: boolean) => void;
  onDrop: () => void;
  /** A finger rested and left without moving. */
  onRest?: (() => void) | undefined;
  /** After a drag, whether it was dropped or given up. */
  onEnd: () => void;
}

let isLifted = false;

/** On what can be dragged from: keeps the browser from scrolling and from its menu while something is lifted. Has to
 * listen before the finger comes down. Returns what takes it away. */
export function holdTouches(area: Element | Document): () => void {
  const hold = (event: Event) => { if (isLifted && event.cancelable) event.preventDefault(); };
  area.addEventListener("touchmove", hold, { passive: false });
  area.addEventListener("contextmenu", hold);
  return () => { area.removeEventListener("touchmove", hold); area.removeEventListener("contextmenu", hold); };
}

/** Follows a pointer from its press on. */
export function followPointer({ event: { pointerId, pointerType, clientX, clientY }, target, onLift, onMove, onDrop, onRest, onEnd }: Lift) {
  const isTouch = pointerType === "touch";
  const document = target.ownerDocument;
  let at: Point = { x: clientX, y: clientY };
  let lifted = false;
  let moved = false;
  let frame = 0;
  const far = () => Math.hypot(at.x - clientX, at.y - clientY);
  const tick = () => { if (moved) onMove(at, true); frame = requestAnimationFrame(tick); };
  const lift = () => {
    if (isLifted || !target.isConnected) { stop(); return; }
    isLifted = true;
    lifted = true;
    try { target.setPointerCapture(pointerId); } catch { /* The finger has just left; its end is on the way. */ }
    frame = requestAnimationFrame(tick);
    onLift();
  };
  const rest = isTouch ? window.setTimeout(lift, restsFor) : 0;
  const stop = () => {
    clearTimeout(rest);
    cancelAnimationFrame(frame);
    for (const [name, listener] of listeners) target.removeEventListener(name, listener);
    window.removeEventListener("keydown", escape, true);
    document.removeEventListener("keydown", escape, true);
    if (!lifted) return;
    isLifted = false;
    onEnd();
  };
  const move = (next: Event) => {
    const pointer = next as PointerEvent;
    if (pointer.pointerId !== pointerId) return;
    // Let go where nobody heard of it.
    if (!isTouch && pointer.buttons === 0) { stop(); return; }
    at = { x: pointer.clientX, y: pointer.clientY };
    if (!lifted && isTouch) { if (far() > trembles) stop(); return; }
    if (!lifted && far() < threshold) return;
    if (!lifted) lift();
    if (!lifted || (!moved && far() < threshold)) return;
    moved = true;
    onMove(at, false);
  };
  const up = (next: Event) => {
    if ((next as PointerEvent).pointerId !== pointerId) return;
    if (lifted) swallowClick(document);
    const rested = lifted && !moved && isTouch;
    if (lifted && moved) onDrop();
    stop();
    if (rested) onRest?.();
  };
  const cancel = (next: Event) => { if ((next as PointerEvent).pointerId === pointerId) stop(); };
  const escape = (key: KeyboardEvent) => { if (key.key === "Escape" && lifted) { key.preventDefault(); key.stopPropagation(); stop(); } };
  const listeners: [string, (event: Event) => void][] = [
    // A quick hand has left before it was seen moving.
    ["pointermove", move], ["pointerleave", (next) => { if (!lifted) move(next); }], ["pointerup", up], ["pointercancel", cancel],
  ];
  for (const [name, listener] of listeners) target.addEventListener(name, listener);
  window.addEventListener("keydown", escape, true);
  if (document !== window.document) document.addEventListener("keydown", escape, true);
}

/** The click that may follow at once belongs to the drag. */
function swallowClick(document: Document) {
  const swallow = (click: Event) => { click.preventDefault(); click.stopImmediatePropagation(); };
  document.addEventListener("click", swallow, { capture: true, once: true });
  window.setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 50);
}
