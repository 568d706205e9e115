// What the pointer and the keys do inside the canvas's document: choose, hover, drag, edit text. Nothing in there may
// navigate or submit.
import { useEffect } from "react";
import { handleKey } from "../../../shared/commands.ts";
import { useWorkbench, type Workbench } from "../model/context.tsx";
import { followDrag, moveDrag } from "../model/dragging.ts";
import { openMenu } from "../model/menu.ts";
import { holdTouches } from "../model/lift.ts";
import { isChosen, select, type Drag } from "../model/session.ts";
import { adds, canvasKey, chooseWith } from "./canvasKeys.ts";
import { elementOf, findDrop, moduleIdAt } from "./geometry.ts";
import { finishTextEdit, textAt, type TextTarget } from "./textEditing.ts";

interface Options {
  document: Document | null;
  frame: React.RefObject<HTMLIFrameElement | null>;
  scale: number;
  focusStage: () => void;
  editText: (target: TextTarget, at?: { x: number; y: number }) => Promise<void>;
  editFirstText: (id: string) => Promise<void>;
}

const isEditing = (node: EventTarget | null) => {
  const element = (node as Partial<Node> | null)?.nodeType === 3 ? (node as Node).parentElement : node as Partial<Element> | null;
  return !!element?.closest?.("[contenteditable]");
};

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
    if (event.button !== 0) return;
    const id = moduleIdAt(event.target);
    if (adds(event) || event.shiftKey) return;
    // A finger may be about to scroll: it chooses with its click, or when it lifts. One of several that are chosen may be
    // about to be dragged with the others.
    if (event.pointerType !== "touch" && !(id && isChosen(session.getState(), id))) select(session, id);
    if (id) followDrag(workbench, { drag: moveDrag(session, id), event, target: canvas.documentElement, toWindow });
  };
  // Keeps the focus where the keys are handled, and no text is marked while dragging.
  const hold = (event: MouseEvent) => { if (!isEditing(event.target)) { event.preventDefault(); options.focusStage(); } };
  const click = (event: MouseEvent) => {
    event.preventDefault();
    if (isEditing(event.target)) return;
    event.stopPropagation();
    const id = moduleIdAt(event.target);
    // The second tap goes into the text.
    const again = (event as PointerEvent).pointerType === "touch" && id !== null && session.getState().selected === id;
    if (id && chooseWith(workbench, event, id)) return;
    if (again) edit(event);
    else select(session, id);
  };
  const edit = (event: MouseEvent) => {
    const target = textAt(canvas, event.clientX, event.clientY);
    if (isEditing(event.target) || !target) return;
    event.preventDefault();
    void options.editText(target, { x: event.clientX, y: event.clientY });
  };
  const key = (event: KeyboardEvent) => {
    // The key that left a text does not leave the module as well.
    if (event.defaultPrevented) return;
    if (!isEditing(event.target) && canvasKey(workbench, event, options.editFirstText)) return;
    handleKey(event);
  };
  // From the keys it has no place of its own.
  const menu = (event: MouseEvent) => {
    if (event.defaultPrevented || isEditing(event.target)) return;
    event.preventDefault();
    if (event.button === 2 || (event as PointerEvent).pointerType === "mouse") openMenu(session, moduleIdAt(event.target), toWindow(event.clientX, event.clientY));
  };
  const stop = (event: Event) => event.preventDefault();
  const holdText = (event: Event) => { if (!isEditing(event.target)) event.preventDefault(); };
  const pairs: [string, (event: never) => void, boolean][] = [
    ["pointermove", hover, false], ["pointerleave", leave, false], ["pointerdown", press, true], ["mousedown", hold, true], ["click", click, true],
    ["auxclick", stop, true], ["dblclick", edit, true], ["contextmenu", menu, false], ["keydown", key, false], ["submit", stop, true], ["dragstart", stop, true], ["selectstart", holdText, true],
  ];
  const release = holdTouches(canvas);
  for (const [name, listener, capture] of pairs) canvas.addEventListener(name, listener as EventListener, capture);
  return () => { release(); for (const [name, listener, capture] of pairs) canvas.removeEventListener(name, listener as EventListener, capture); };
}

const scrollZone = 60;
const scrollStep = 12;

export function useCanvasPointer(options: Options) {
  const workbench = useWorkbench();
  const { document: canvas, frame, scale } = options;
  useEffect(() => {
    if (!canvas) return;
    const toWindow = (x: number, y: number) => {
      const box = frame.current?.getBoundingClientRect();
      return { x: x * scale + (box?.left ?? 0), y: y * scale + (box?.top ?? 0) };
    };
    /** Where a point of the window is on the canvas; null when it is beside it, or when something lies above it. */
    const within = (x: number, y: number) => {
      const box = frame.current?.getBoundingClientRect();
      // The canvas may be larger than the stage it is seen on.
      const stage = frame.current?.closest("[data-stage]");
      const seen = stage?.getBoundingClientRect();
      if (!box || !seen || x < Math.max(box.left, seen.left) || x > Math.min(box.right, seen.right) || y < box.top || y > box.bottom) return null;
      return document.elementFromPoint(x, y)?.closest("[data-stage]") === stage ? { x: (x - box.left) / scale, y: (y - box.top) / scale, up: y - box.top, down: box.bottom - y } : null;
    };
    const hitTest = (x: number, y: number, drag: Drag) => {
      const at = within(x, y);
      return at && findDrop(canvas, workbench.session.getState().page.modules, at.x, at.y, drag.kind === "move" ? drag.ids : []);
    };
    const scrollAt = (x: number, y: number) => {
      const at = within(x, y);
      if (at && at.up < scrollZone) canvas.defaultView?.scrollBy({ top: -scrollStep, behavior: "instant" });
      else if (at && at.down < scrollZone) canvas.defaultView?.scrollBy({ top: scrollStep, behavior: "instant" });
    };
    const detach = workbench.canvas.attach({ hitTest, scrollAt, editText: options.editFirstText, element: (id) => elementOf(canvas, id) });
    const stop = listen(canvas, workbench, toWindow, options);
    return () => { stop(); detach(); };
  });
}
