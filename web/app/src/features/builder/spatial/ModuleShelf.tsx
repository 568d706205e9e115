// The modules of a page beside its map: those without a place are dragged onto it, or put into its middle.
import type { ModuleDocument } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { Crosshair, MapPin, MapPinOff } from "lucide-react";
import { useRef, useState, type PointerEvent } from "react";
import { useWorkbench } from "../model/context.tsx";
import { kindOf, labelOf } from "../model/tree.ts";
import styles from "./Spatial.module.css";
import { isPlaced } from "./spatial.ts";

interface Props {
  modules: ModuleDocument[]; picture: boolean; chosen: string | null;
  onChoose: (id: string) => void; onDrop: (id: string, clientX: number, clientY: number) => void; onMiddle: (id: string) => void; onRemove: (id: string) => void;
}

export function ModuleShelf({ modules, picture, chosen, onChoose, onDrop, onMiddle, onRemove }: Props) {
  const { types } = useWorkbench();
  const start = useRef<{ id: string; x: number; y: number; moved: boolean } | null>(null);
  const [ghost, setGhost] = useState<{ id: string; x: number; y: number } | null>(null);
  const module = modules.find((one) => one.id === chosen);
  const down = (event: PointerEvent<HTMLButtonElement>, id: string) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { id, x: event.clientX, y: event.clientY, moved: false };
  };
  const move = (event: PointerEvent) => {
    const now = start.current;
    if (!now || (!now.moved && Math.hypot(event.clientX - now.x, event.clientY - now.y) < 6)) return;
    now.moved = true;
    setGhost({ id: now.id, x: event.clientX, y: event.clientY });
  };
  const up = (event: PointerEvent) => {
    const now = start.current;
    start.current = null;
    setGhost(null);
    if (now?.moved && event.type === "pointerup") { onChoose(now.id); onDrop(now.id, event.clientX, event.clientY); }
  };
  return (
    <section className={styles["shelf"]} aria-label="Modules of the page">
      <h3>Modules</h3>
      <p className={styles["muted"]}>Drag one onto the map. Those without a place stand before and after it, as usual.</p>
      <ul>
        {modules.map((one) => {
          const placed = isPlaced(one.place, picture);
          return (
            <li key={one.id}>
              <button type="button" data-shelf={one.id} aria-pressed={one.id === chosen} onClick={() => onChoose(one.id)} onPointerDown={(event) => down(event, one.id)} onPointerMove={move} onPointerUp={up} onPointerCancel={up}>
                {placed ? <MapPin aria-hidden="true" data-placed="" /> : <MapPinOff aria-hidden="true" />}
                <span><strong>{one.place?.label || labelOf(one, types)}</strong><small>{kindOf(one, types)}{placed ? "" : ", without a place"}</small></span>
              </button>
            </li>
          );
        })}
      </ul>
      <div className={styles["row"]}>
        <Button icon={<Crosshair />} disabled={!module} onClick={() => { if (module) onMiddle(module.id); }}>Put into the middle</Button>
        <Button kind="ghost" disabled={!module || !isPlaced(module.place, picture)} onClick={() => { if (module) onRemove(module.id); }}>Take off</Button>
      </div>
      {ghost && <div className={styles["ghost"]} style={{ transform: `translate(${ghost.x}px, ${ghost.y}px)` }} aria-hidden="true"><MapPin /></div>}
    </section>
  );
}
