// What the canvas does for the other parts of the builder while it is shown.
import type { Drag, DropTarget } from "./session.ts";

interface Tools {
  /** Says where something would land at a point of the window; null when not on the canvas. */
  hitTest: (x: number, y: number, drag: Drag) => DropTarget | null;
  /** Scrolls a little when the point of the window is at an edge of the canvas. */
  scrollAt: (x: number, y: number) => void;
  /** Starts the editing of a module's first text. */
  editText: (id: string) => void;
  /** The element of a module, as the renderer wrote it; null when there is none. */
  element: (id: string) => HTMLElement | null;
}
export interface CanvasTools extends Tools { attach: (tools: Tools) => () => void }

export function createCanvasTools(): CanvasTools {
  let current: Tools | null = null;
  return {
    hitTest: (x, y, drag) => current?.hitTest(x, y, drag) ?? null,
    scrollAt: (x, y) => current?.scrollAt(x, y),
    editText: (id) => current?.editText(id),
    element: (id) => current?.element(id) ?? null,
    attach: (tools) => {
      current = tools;
      return () => { if (current === tools) current = null; };
    },
  };
}
