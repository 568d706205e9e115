// Photos without a place, to be dragged onto the map; with the keyboard they are put into its middle.
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Clock, Crosshair } from "lucide-react";
import { useState } from "react";
import { formatCount } from "../../../shared/format.ts";
import type { Place } from "../../../shared/map/projection.ts";
import { useCarried } from "../../../shared/useCarried.ts";
import { useGallery } from "../model/gallery.ts";
import type { Row } from "../model/rows.ts";
import { labelOf } from "../photos/PhotoTile.tsx";
import { Placeholder } from "../photos/Placeholder.tsx";
import styles from "./Map.module.css";

const most = 60;
interface Props { rows: Row[]; placeAt: (x: number, y: number) => Place | null; middle: () => Place | null; onPlace: (ids: string[], place: Place | null) => void; onByTime: () => void }

export function Unplaced({ rows, placeAt, middle, onPlace, onByTime }: Props) {
  const project = useGallery((state) => state.project);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const here = rows.filter((row) => chosen.has(row.id)).map((row) => row.id);
  const moving = (id: string) => (chosen.has(id) ? here : [id]);
  const toggle = (id: string) => setChosen((all) => { const next = new Set(all); if (!next.delete(id)) next.add(id); return next; });
  const { carried, listen } = useCarried({
    onDrop: (id, x, y) => { const place = placeAt(x, y); if (place) { onPlace(moving(id), place); setChosen(new Set()); } },
    onPress: toggle,
  });
  return (
    <section className={styles["unplaced"]} aria-label="Photos without a place">
      <div className={styles["unplacedHead"]}>
        <h2>{formatCount(rows.length, "photo")} without a place</h2>
        <p>Drag them onto the map.</p>
        <Button icon={<Clock />} onClick={onByTime}>Place by time</Button>
        <Button icon={<Crosshair />} disabled={here.length === 0} onClick={() => { onPlace(here, middle()); setChosen(new Set()); }}>Put into the middle</Button>
      </div>
      <ul tabIndex={-1}>
        {rows.slice(0, most).map((row) => (
          <li key={row.id}>
            <button type="button" aria-pressed={chosen.has(row.id)} aria-label={labelOf(row)} data-unplaced={row.id} style={{ width: Math.round(Math.min(1.6, Math.max(0.7, row.width / row.height)) * 64) }}
              {...listen(row.id)} onClick={(event) => { if (event.detail === 0) toggle(row.id); }}>
              <Placeholder hash={row.thumbhash} /><img src={urls.picture(project, row.id, 320)} alt="" loading="lazy" draggable={false} />
            </button>
          </li>
        ))}
        {rows.length > most && <li className={styles["more"]}>and {(rows.length - most).toLocaleString()} more</li>}
      </ul>
      {carried && <div className={styles["ghost"]} style={{ transform: `translate(${carried.x}px, ${carried.y}px)` }} aria-hidden="true"><img src={urls.picture(project, carried.id, 320)} alt="" />{moving(carried.id).length > 1 && <span>{moving(carried.id).length}</span>}</div>}
    </section>
  );
}
