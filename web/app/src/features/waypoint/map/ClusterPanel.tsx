// Every photo behind a sign of the map, those at one and the same place too.
import { urls } from "@accid/api-client/urls";
import { Button, IconButton } from "@accid/ui/Button";
import { X, ZoomIn } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { formatCount } from "../../../shared/format.ts";
import { useCarried } from "../../../shared/useCarried.ts";
import { select, useGallery, useGalleryStore } from "../model/gallery.ts";
import type { Row } from "../model/rows.ts";
import { Placeholder } from "../photos/Placeholder.tsx";
import { labelOf } from "../photos/PhotoTile.tsx";
import styles from "./Map.module.css";

const part = 120;

export function ClusterPanel({ ids, rows, onClose, onZoom, onDrop }: { ids: string[]; rows: Row[]; onClose: () => void; onZoom: () => void; /** A photo was let go over the map; missing for those who may only look. */ onDrop: ((id: string, x: number, y: number) => void) | null }) {
  const gallery = useGalleryStore();
  const project = useGallery((state) => state.project);
  const selection = useGallery((state) => state.selection);
  const [most, setMost] = useState({ of: ids, count: part });
  const box = useRef<HTMLElement>(null);
  const known = new Set(ids);
  const all = rows.filter((row) => known.has(row.id));
  const count = most.of === ids ? most.count : part;
  const town = [...new Set(all.map((row) => row.town || row.country).filter(Boolean))];
  useEffect(() => { box.current?.querySelector("h2")?.focus(); }, [ids]);
  const choose = (row: Row) => select(gallery, () => ({ chosen: new Set([row.id]), at: row.id, from: row.id }));
  const { carried, listen } = useCarried({ onDrop: (id, x, y) => { if (!box.current?.contains(document.elementFromPoint(x, y))) onDrop?.(id, x, y); } });
  return (
    <section ref={box} className={styles["cluster"]} aria-label="Photos at this place" onKeyDown={(event) => { if (event.key === "Escape") { event.stopPropagation(); onClose(); } }}>
      <div className={styles["clusterHead"]}>
        <h2 tabIndex={-1}>{formatCount(all.length, "photo")}{town.length > 0 && <small>{town.slice(0, 3).join(", ")}</small>}</h2>
        {all.length > 1 && <IconButton label="Zoom in on them" onClick={onZoom}><ZoomIn /></IconButton>}
        <IconButton label="Close" onClick={onClose}><X /></IconButton>
      </div>
      <ul>
        {all.slice(0, count).map((row) => (
          <li key={row.id}>
            <button type="button" aria-label={labelOf(row)} aria-pressed={selection.chosen.has(row.id)} data-cluster-photo={row.id} {...(onDrop ? listen(row.id) : {})} onClick={() => choose(row)} onDoubleClick={() => gallery.setState({ stage: row.id })}>
              <Placeholder hash={row.thumbhash} /><img src={urls.picture(project, row.id, 320)} alt="" loading="lazy" draggable={false} />
            </button>
          </li>
        ))}
      </ul>
      {all.length > count && <Button kind="ghost" onClick={() => setMost({ of: ids, count: count + part })}>Show {formatCount(Math.min(part, all.length - count), "more photo", "more photos")}</Button>}
      {carried && <div className={styles["ghost"]} style={{ transform: `translate(${carried.x}px, ${carried.y}px)` }} aria-hidden="true"><img src={urls.picture(project, carried.id, 320)} alt="" /></div>}
    </section>
  );
}
