// What a hand takes a pin of the map by, on the canvas itself: a handle lies over each pin, is dragged with it, and moves it
// with the arrow keys. Everything is a change of the page, so that undo, saving and the canvas follow by themselves.
import { request } from "@accid/api-client/client";
import type { ModuleDocument, PageDocument } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import { say, toastError } from "../../../shared/announce.ts";
import { project as projected, unproject, type Projection } from "../../../shared/map/projection.ts";
import { useSession, useWorkbench } from "../model/context.tsx";
import { change, select, type SessionStore } from "../model/session.ts";
import { labelOf } from "../model/tree.ts";
import { nudges } from "./MapPins.tsx";
import styles from "./Spatial.module.css";
import { isPlaced, onEarth, onPicture, placeable, rounded, withPlace } from "./spatial.ts";
import { spread } from "./spread.ts";

interface Sheet { width: number; height: number; projection: Projection | null }

/** The sheet of the page as it is just now; what is drawn on it is not needed. */
const readSheet = (project: string, page: string, draft: PageDocument) => request<Sheet>(urls.spatialMap(project, page), { body: draft });

const percent = (value: number) => Math.min(100, Math.max(0, Math.round(value * 10) / 10));

/** Moves a module by some widths of the sheet. */
function moved(page: PageDocument, module: ModuleDocument, sheet: Sheet, by: { x: number; y: number }): PageDocument {
  const earth = onEarth(module.place);
  const picture = onPicture(module.place);
  const [dx, dy] = [by.x * sheet.width, by.y * sheet.width];
  if (page.spatial?.picture?.photo) {
    return picture ? withPlace(page, module.id, { x: percent(picture.x + by.x * 100), y: percent(picture.y + (dy / sheet.height) * 100) }) : page;
  }
  if (!earth || !sheet.projection) return page;
  const spot = projected(sheet.projection, earth);
  const to = unproject(sheet.projection, { x: spot.x + dx, y: spot.y + dy });
  return to ? withPlace(page, module.id, rounded(to)) : page;
}

const wordsOf = (page: PageDocument, id: string) => {
  const place = page.modules.find((one) => one.id === id)?.place;
  const earth = onEarth(place);
  const picture = onPicture(place);
  return earth ? `${earth.lat}, ${earth.lon}` : picture ? `${picture.x} % from the left, ${picture.y} % from the top` : "";
};

// Keys come faster than answers: each move waits for the one before it.
let queue: Promise<unknown> = Promise.resolve();
function carry(session: SessionStore, id: string, by: { x: number; y: number }, title: string, key: string) {
  queue = queue.then(async () => {
    const { project, pageId, page } = session.getState();
    const sheet = await readSheet(project, pageId, page);
    const module = session.getState().page.modules.find((one) => one.id === id);
    if (!module) return;
    change(session, (now) => moved(now, module, sheet, by), { title, key });
    say(wordsOf(session.getState().page, id));
  }).catch(toastError);
}

/** The least size of a handle, in pixels. */
const least = 24;

const anchorOf = (canvas: Document, id: string) => canvas.querySelector<HTMLElement>(`.geo-pins a[href="#${CSS.escape(`m_${id}_stop`)}"]`);

export function PinHandles({ canvas, scale, changed }: { canvas: Document; scale: number; changed: StoreApi<number> }) {
  useStore(changed);
  const { session, types } = useWorkbench();
  const page = useSession((state) => state.page);
  const selected = useSession((state) => state.selected);
  const drag = useRef<{ id: string; x: number; y: number; moved: boolean } | null>(null);
  const [shift, setShift] = useState<{ id: string; x: number; y: number } | null>(null);
  if (!page.spatial) return null;
  const onPaper = !!page.spatial.picture?.photo;
  const width = canvas.querySelector(".geo-sheet")?.getBoundingClientRect().width ?? 0;
  const by = (module: ModuleDocument, dx: number, dy: number, key: string) => {
    if (width > 0) carry(session, module.id, { x: dx / scale / width, y: dy / scale / width }, `Place ${labelOf(module, types)}`, key);
  };
  const down = (event: PointerEvent<HTMLButtonElement>, id: string) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.focus({ preventScroll: true });
    drag.current = { id, x: event.clientX, y: event.clientY, moved: false };
    select(session, id);
  };
  const move = (event: PointerEvent) => {
    const now = drag.current;
    if (!now || (!now.moved && Math.hypot(event.clientX - now.x, event.clientY - now.y) < 4)) return;
    now.moved = true;
    const to = { x: event.clientX - now.x, y: event.clientY - now.y };
    setShift({ id: now.id, ...to });
    const pin = anchorOf(canvas, now.id)?.parentElement;
    if (pin) pin.style.translate = `${to.x / scale}px ${to.y / scale}px`;
  };
  const up = (event: PointerEvent, module: ModuleDocument) => {
    const now = drag.current;
    drag.current = null;
    setShift(null);
    anchorOf(canvas, module.id)?.parentElement?.style.removeProperty("translate");
    if (now?.moved && event.type === "pointerup") by(module, event.clientX - now.x, event.clientY - now.y, "");
  };
  const key = (event: KeyboardEvent, module: ModuleDocument) => {
    if (event.key === "Escape") { event.preventDefault(); (event.currentTarget as HTMLElement).closest<HTMLElement>("[data-stage]")?.focus(); return; }
    const step = nudges[event.key];
    if (!step || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? 40 : 4;
    by(module, step[0] * far * scale, step[1] * far * scale, `pin/${module.id}`);
  };
  const pins = placeable(page.modules).filter((module) => isPlaced(module.place, onPaper)).flatMap((module) => {
    const box = anchorOf(canvas, module.id)?.querySelector(".pin-head")?.getBoundingClientRect();
    return box && box.width > 0 ? [{ module, size: Math.max(least, box.width * scale), spot: { x: (box.left + box.width / 2) * scale, y: (box.top + box.height / 2) * scale } }] : [];
  });
  // However small the page is shown: a finger's breadth each.
  const spots = spread(pins.map(({ spot }) => spot), least + 2);
  return pins.map(({ module, size, spot: own }, index) => {
    const spot = spots[index] ?? own;
    const at = shift?.id === module.id ? shift : { x: 0, y: 0 };
    const label = module.place?.label || labelOf(module, types);
    return (
      <button key={module.id} type="button" className={styles["handle"]} data-pin-handle={module.id} data-chosen={module.id === selected || undefined}
        style={{ left: spot.x - size / 2 + at.x, top: spot.y - size / 2 + at.y, width: size, height: size }}
        aria-label={`Pin of ${label}. The arrow keys move it, with Shift far.`} title={`Drag ${label} to where it belongs`}
        onPointerDown={(event) => down(event, module.id)} onPointerMove={move} onPointerUp={(event) => up(event, module)} onPointerCancel={(event) => up(event, module)}
        onFocus={() => { if (session.getState().selected !== module.id) select(session, module.id); }} onKeyDown={(event) => key(event, module)} />
    );
  });
}
