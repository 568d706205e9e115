// Dragging modules: from the palette, on the canvas, in the outline. One way for all three, so that what the line shows
// is always what happens.
import { setAside } from "@accid/ui/Dialog";
import type { Workbench } from "./context.tsx";
import { addModule, moveTo } from "./edits.ts";
import { followPointer, type Point } from "./lift.ts";
import { openMenu } from "./menu.ts";
import { outermost } from "./many.ts";
import { chosenIds, type Drag, type DropTarget, type SessionStore } from "./session.ts";
import { findModule, placeOf } from "./tree.ts";

/** The place that a row of the outline means at a point. */
function outlineDrop(workbench: Workbench, x: number, y: number, drag: Drag): DropTarget | null {
  const row = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-outline-row]");
  const id = row?.dataset["outlineRow"];
  if (!row || !id) return null;
  const { modules } = workbench.session.getState().page;
  const moved = drag.kind === "move" ? outermost(modules, drag.ids) : [];
  if (findModule(moved, id)) return null;
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

function isSame(a: DropTarget | null, b: DropTarget | null): boolean {
  if (!a || !b) return a === b;
  return a.place.parent === b.place.parent && a.place.index === b.place.index && a.row?.id === b.row?.id && a.row?.where === b.row?.where
    && a.line?.left === b.line?.left && a.line?.top === b.line?.top && a.line?.width === b.line?.width && a.line?.height === b.line?.height;
}

const scrollZone = 40;
/** A list that is longer than its panel goes on when one comes to its edge. */
function scrollPanel({ x, y }: Point) {
  const panel = document.elementFromPoint(x, y)?.closest("[data-left]")?.parentElement;
  const box = panel?.getBoundingClientRect();
  if (!panel || !box) return;
  if (y - box.top < scrollZone) panel.scrollBy(0, -8);
  else if (box.bottom - y < scrollZone) panel.scrollBy(0, 8);
}

type Follower = (at: Point) => void;
const followers = new Set<Follower>();
/** Tells where the pointer is while something is dragged, in the window's coordinates. */
export function onDragMove(follower: Follower): () => void {
  followers.add(follower);
  return () => { followers.delete(follower); };
}

/** To move one, or all that are chosen when it is one of them. */
export function moveDrag(session: SessionStore, id: string): Drag {
  const chosen = chosenIds(session.getState());
  return { kind: "move", id, ids: chosen.includes(id) ? chosen : [id] };
}

interface Start { drag: Drag; event: PointerEvent; target: Element; toWindow?: (x: number, y: number) => Point; onEnd?: (() => void) | undefined }

/** Follows the pointer from a press on; it becomes a drag when it is lifted. */
export function followDrag(workbench: Workbench, { drag, event, target, toWindow = (x, y) => ({ x, y }), onEnd }: Start) {
  const { session } = workbench;
  const start = toWindow(event.clientX, event.clientY);
  const aim = (at: Point) => {
    const drop = outlineDrop(workbench, at.x, at.y, drag) ?? workbench.canvas.hitTest(at.x, at.y, drag);
    if (!isSame(drop, session.getState().drop)) session.setState({ drop });
  };
  const drop = () => {
    const { drop: found } = session.getState();
    if (!found) return;
    if (drag.kind === "move") { moveTo(session, drag.ids, found.place); return; }
    const type = workbench.types.find((one) => one.type === drag.type);
    if (type) addModule(session, type, found.place);
  };
  followPointer({
    event, target,
    onLift: () => {
      // A drawer would lie above the place it is meant for. It stays in the document: what holds the pointer must.
      const drawer = drag.kind === "new" ? target.closest("dialog") : null;
      if (drawer) setAside(drawer);
      session.setState({ drag, drop: null, hovered: null, ...(drag.kind === "move" ? { editing: null, ...(drag.ids.length === 1 ? { selected: drag.id } : {}) } : {}) });
      followers.forEach((follower) => follower(start));
    },
    onMove: (point, frame) => {
      const at = toWindow(point.x, point.y);
      // At an edge it goes on, and what comes in below the pointer is aimed at anew.
      if (frame) { workbench.canvas.scrollAt(at.x, at.y); scrollPanel(at); }
      else followers.forEach((follower) => follower(at));
      aim(at);
    },
    onDrop: drop,
    onRest: drag.kind === "move" ? () => openMenu(session, drag.id, start) : undefined,
    onEnd: () => { session.setState({ drag: null, drop: null }); onEnd?.(); },
  });
}
