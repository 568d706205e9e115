// The modules of a page beside its map: those without a place are dragged onto it, or put into its middle.
import type { ModuleDocument } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { Crosshair, MapPin, MapPinOff } from "lucide-react";
import { useCarried } from "../../../shared/useCarried.ts";
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
  const { carried, listen } = useCarried({ onDrop: (id, x, y) => { onChoose(id); onDrop(id, x, y); } });
  const module = modules.find((one) => one.id === chosen);
  return (
    <section className={styles["shelf"]} aria-label="Modules of the page">
      <h3>Modules</h3>
      <p className={styles["muted"]}>Drag one onto the map. Those without a place stand before and after it, as usual.</p>
      <ul>
        {modules.map((one) => {
          const placed = isPlaced(one.place, picture);
          return (
            <li key={one.id}>
              <button type="button" data-shelf={one.id} aria-pressed={one.id === chosen} onClick={() => onChoose(one.id)} {...listen(one.id)}>
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
      {carried && <div className={styles["ghost"]} style={{ transform: `translate(${carried.x}px, ${carried.y}px)` }} aria-hidden="true"><MapPin /></div>}
    </section>
  );
}
