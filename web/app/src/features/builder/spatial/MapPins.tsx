// The pins of modules on the map: dragged, or moved with Alt and the arrow keys.
import type { ModuleDocument } from "@accid/api-client/types";
import { useRef, useState, type PointerEvent } from "react";
import type { MapPicture } from "../../../shared/map/mapSvg.ts";
import { unproject, type Place } from "../../../shared/map/projection.ts";
import type { MapView } from "../../../shared/map/useMapView.ts";
import { toMap } from "../../../shared/map/view.ts";
import { useWorkbench } from "../model/context.tsx";
import { labelOf } from "../model/tree.ts";
import styles from "./Spatial.module.css";
import { onEarth } from "./spatial.ts";
import { spread } from "./spread.ts";

interface Props { map: MapPicture; view: MapView; modules: ModuleDocument[]; chosen: string | null; onChoose: (id: string) => void; onPlace: (id: string, place: Place | null) => void }

/** How far apart pins stand at least, in pixels: a finger's breadth. */
const least = 30;

export const nudges: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function MapPins({ map, view, modules, chosen, onChoose, onPlace }: Props) {
  const { types } = useWorkbench();
  const [dragged, setDragged] = useState<{ id: string; x: number; y: number } | null>(null);
  const start = useRef<{ id: string; x: number; y: number; moved: boolean } | null>(null);
  const placed = modules.filter((module) => onEarth(module.place));
  const spots = placed.map((module) => view.spotOf(onEarth(module.place) as Place));
  const shown = spread(spots, least);
  const down = (event: PointerEvent<HTMLButtonElement>, id: string) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { id, x: event.clientX, y: event.clientY, moved: false };
    onChoose(id);
  };
  const move = (event: PointerEvent) => {
    const now = start.current;
    if (!now || (!now.moved && Math.hypot(event.clientX - now.x, event.clientY - now.y) < 4)) return;
    now.moved = true;
    const frame = view.box?.getBoundingClientRect();
    if (frame) setDragged({ id: now.id, x: event.clientX - frame.left, y: event.clientY - frame.top });
  };
  const up = (event: PointerEvent) => {
    const now = start.current;
    start.current = null;
    setDragged(null);
    if (now?.moved && event.type === "pointerup") onPlace(now.id, view.placeAt(event.clientX, event.clientY));
  };
  return (
    <ul className={styles["pins"]} aria-label="Places on the map">
      {placed.map((module, index) => {
        const place = onEarth(module.place) as Place;
        const own = spots[index] ?? { x: 0, y: 0 };
        const spot = dragged?.id === module.id ? dragged : shown[index] ?? own;
        const aside = spot !== dragged && Math.hypot(spot.x - own.x, spot.y - own.y) > 3;
        const label = module.place?.label || labelOf(module, types);
        return (
          <li key={module.id} style={{ transform: `translate(${spot.x}px, ${spot.y}px)` }}>
            {aside && <svg className={styles["leader"]} aria-hidden="true"><line x1="0" y1="0" x2={own.x - spot.x} y2={own.y - spot.y} /><circle cx={own.x - spot.x} cy={own.y - spot.y} r="3" /></svg>}
            <button type="button" className={styles["pin"]} data-pin={module.id} data-chosen={module.id === chosen || undefined} aria-pressed={module.id === chosen}
              aria-label={`${index + 1} ${label}. Alt with the arrow keys moves it, with Shift far.`} title={label}
              onPointerDown={(event) => down(event, module.id)} onPointerMove={move} onPointerUp={up} onPointerCancel={up} onFocus={() => onChoose(module.id)}
              onKeyDown={(event) => {
                const step = nudges[event.key];
                if (!event.altKey || !step) return;
                event.preventDefault();
                event.stopPropagation();
                const by = event.shiftKey ? 40 : 4;
                const from = view.spotOf(place);
                onPlace(module.id, unproject(map.projection, toMap(view.seen, { x: from.x + step[0] * by, y: from.y + step[1] * by })));
              }}>{module.place?.number ?? index + 1}</button>
          </li>
        );
      })}
    </ul>
  );
}
