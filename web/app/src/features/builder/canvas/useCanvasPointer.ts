// What the pointer and the keys do inside the canvas's document: choose, hover, drag, edit text. Nothing in there may
// navigate or submit.
import { useEffect } from "react";
import { handleKey } from "../../../shared/commands.ts";
import { useWorkbench, type Workbench } from "../model/context.tsx";
import { followDrag } from "../model/dragging.ts";
import { select, type Drag } from "../model/session.ts";
import { canvasKey } from "./canvasKeys.ts";
import { findDrop, moduleIdAt } from "./geometry.ts";
import { finishTextEdit, textAt, type TextTarget } from "./textEditing.ts";

interface Options {
  document: Document | null;
  frame: React.RefObject<HTMLIFrameElement | null>;
  scale: number;
  focusStage: () => void;
  editText: (target: TextTarget, at?: { x: number; y: number }) => void;
  editFirstText: (id: string) => void;
}

const isEditing = (node: EventTarget | null) => !!(node as Partial<Element> | null)?.closest?.("[contenteditable]");

function listen(canvas: Document, workbench: Workbench, toWindow: (x: number, y: number) => { x: number; y: number }, options: Options) {
  const { session } = workbench;
  const hover = (event: PointerEvent) => {
    if (session.getState().drag || event.pointerType === "touch") return;
    const hovered = moduleIdAt(event.target);
    if (hovered !== session.getState().hovered) session.setState({ hovered });
  };
  const leave = () => session.setState({ hovered: null });
  const press = (event: PointerEvent) => {
    if (isEditing(event.target)) return;
    finishTextEdit();
    if (event.button !== 0 || event.pointerType === "touch") return;
    const id = moduleIdAt(event.target);
    select(session, id);
    if (id) followDrag(workbench, { drag: { kind: "move", id }, event, target: canvas.documentElement, toWindow });
  };
  // Keeps the focus where the keys are handled, and no text is marked while dragging.
  const hold = (event: MouseEvent) => { if (!isEditing(event.target)) { event.preventDefault(); options.focusStage(); } };
  const click = (event: MouseEvent) => {
    event.preventDefault();
    if (!isEditing(event.target)) { event.stopPropagation(); select(session, moduleIdAt(event.target)); }
  };
  const edit = (event: MouseEvent) => {
    const target = textAt(canvas, event.clientX, event.clientY);
    if (isEditing(event.target) || !target) return;
    event.preventDefault();
    options.editText(target, { x: event.clientX, y: event.clientY });
  };
  const key = (event: KeyboardEvent) => {
    if (!isEditing(event.target) && canvasKey(workbench, event, options.editFirstText)) return;
    handleKey(event);
  };
  const stop = (event: Event) => event.preventDefault();
  const pairs: [string, (event: never) => void, boolean][] = [
    ["pointermove", hover, false], ["pointerleave", leave, false], ["pointerdown", press, true], ["mousedown", hold, true], ["click", click, true],
    ["auxclick", stop, true], ["dblclick", edit, true], ["keydown", key, false], ["submit", stop, true], ["dragstart", stop, true],
  ];
  for (const [name, listener, capture] of pairs) canvas.addEventListener(name, listener as EventListener, capture);
  return () => { for (const [name, listener, capture] of pairs) canvas.removeEventListener(name, listener as EventListener, capture); };
}

const scrollZone = 60;

export function useCanvasPointer(options: Options) {
  const workbench = useWorkbench();
  const { document: canvas, frame, scale } = options;
  useEffect(() => {
    if (!canvas) return;
    const toWindow = (x: number, y: number) => {
      const box = frame.current?.getBoundingClientRect();
      return { x: x * scale + (box?.left ?? 0), y: y * scale + (box?.top ?? 0) };
    };
    const hitTest = (x: number, y: number, drag: Drag) => {
      const box = frame.current?.getBoundingClientRect();
      // The canvas may be larger than the stage it is seen on.
      const seen = frame.current?.closest("[data-stage]")?.getBoundingClientRect() ?? box;
      if (!box || !seen || x < Math.max(box.left, seen.left) || x > Math.min(box.right, seen.right) || y < box.top || y > box.bottom) return null;
      if (y - box.top < scrollZone) canvas.defaultView?.scrollBy(0, -14);
      if (box.bottom - y < scrollZone) canvas.defaultView?.scrollBy(0, 14);
      const { modules } = workbench.session.getState().page;
      return findDrop(canvas, modules, (x - box.left) / scale, (y - box.top) / scale, drag.kind === "move" ? drag.id : null);
    };
    const detach = workbench.canvas.attach({ hitTest, editText: options.editFirstText });
    const stop = listen(canvas, workbench, toWindow, options);
    return () => { stop(); detach(); };
  });
}
