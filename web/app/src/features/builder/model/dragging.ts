// Dragging with the pointer: from the palette, on the canvas, in the outline. One way for all three, so that what the
// line shows is always what happens.
import { addModule, moveTo } from "./edits.ts";
import type { Workbench } from "./context.tsx";
import type { Drag, DropTarget } from "./session.ts";
import { findModule, placeOf } from "./tree.ts";

const threshold = 5;

/** The place that a row of the outline means at a point. */
function outlineDrop(workbench: Workbench, x: number, y: number, drag: Drag): DropTarget | null {
  const row = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-outline-row]");
  const id = row?.dataset["outlineRow"];
  if (!row || !id) return null;
  const { modules } = workbench.session.getState().page;
  const moved = drag.kind === "move" ? findModule(modules, drag.id) : null;
  if (moved && (moved.id === id || findModule(moved.children ?? [], id))) return null;
  const module = findModule(modules, id);
  const place = placeOf(modules, id);
  if (!module || !place) return null;
  const nests = workbench.types.find((type) => type.type === module.type)?.nests ?? false;
  const box = row.getBoundingClientRect();
  const part = (y - box.top) / box.height;
  if (nests && part > 0.3 && part < 0.7) return { place: { parent: id, index: module.children?.length ?? 0 }, line: null, row: { id, where: "inside" } };
  if (part < 0.5) return { place, line: null, row: { id, where: "before" } };
  if (module.children?.length && row.getAttribute("aria-expanded") === "true") return { place: { parent: id, index: 0 }, line: null, row: { id, where: "after" } };
  return { place: { ...place, index: place.index + 1 }, line: null, row: { id, where: "after" } };
}

function finish(workbench: Workbench, drag: Drag) {
  const { drop } = workbench.session.getState();
  workbench.session.setState({ drag: null, drop: null });
  if (!drop) return;
  if (drag.kind === "move") return moveTo(workbench.session, drag.id, drop.place);
  const type = workbench.types.find((one) => one.type === drag.type);
  if (type) addModule(workbench.session, type, drop.place);
}

interface Start { drag: Drag; event: PointerEvent; target: Element; toWindow?: (x: number, y: number) => { x: number; y: number } }

/** Follows the pointer from a press on; it becomes a drag when it moves far enough. */
export function followDrag(workbench: Workbench, { drag, event, target, toWindow = (x, y) => ({ x, y }) }: Start) {
  const { session } = workbench;
  let dragging = false;
  const move = (next: Event) => {
    const { clientX, clientY, pointerId } = next as PointerEvent;
    if (pointerId !== event.pointerId) return;
    if (!dragging && Math.hypot(clientX - event.clientX, clientY - event.clientY) < threshold) return;
    if (!dragging) {
      dragging = true;
      target.setPointerCapture(pointerId);
      session.setState({ drag, hovered: null });
    }
    const { x, y } = toWindow(clientX, clientY);
    session.setState({ drop: outlineDrop(workbench, x, y, drag) ?? workbench.canvas.hitTest(x, y, drag) });
  };
  const stop = () => {
    target.removeEventListener("pointermove", move);
    target.removeEventListener("pointerup", up);
    target.removeEventListener("pointercancel", cancel);
    window.removeEventListener("keydown", escape, true);
  };
  const up = () => {
    stop();
    if (!dragging) return;
    // The click that may follow at once belongs to the drag.
    const swallow = (click: Event) => { click.preventDefault(); click.stopImmediatePropagation(); };
    target.ownerDocument.addEventListener("click", swallow, { capture: true, once: true });
    window.setTimeout(() => target.ownerDocument.removeEventListener("click", swallow, { capture: true }), 50);
    finish(workbench, drag);
  };
  const cancel = () => { stop(); session.setState({ drag: null, drop: null }); };
  const escape = (key: KeyboardEvent) => { if (key.key === "Escape") { key.preventDefault(); cancel(); } };
  target.addEventListener("pointermove", move);
  target.addEventListener("pointerup", up);
  target.addEventListener("pointercancel", cancel);
  window.addEventListener("keydown", escape, true);
}
