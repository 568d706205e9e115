// The signs of photos on the map: one for each place where some lie close together. One photo's sign can be dragged to
// where it belongs.
import { urls } from "@accid/api-client/urls";
import { useMemo, useRef, useState, type PointerEvent } from "react";
import { formatCount } from "../../../shared/format.ts";
import type { MapPicture } from "../../../shared/map/mapSvg.ts";
import type { Place } from "../../../shared/map/projection.ts";
import { unproject } from "../../../shared/map/projection.ts";
import type { MapView } from "../../../shared/map/useMapView.ts";
import { toMap, toWindow } from "../../../shared/map/view.ts";
import type { Cluster } from "../model/cluster.ts";
import { useGallery } from "../model/gallery.ts";
import type { Row } from "../model/rows.ts";
import styles from "./Map.module.css";

interface Props {
  map: MapPicture; view: MapView; clusters: Cluster[]; rows: Row[]; chosen: string[] | null;
  onChoose: (ids: string[]) => void;
  /** Missing for those who may only look. */
  onPlace: ((ids: string[], place: Place | null) => void) | null;
}

const by = 12;

export function ClusterSigns({ map, view, clusters, rows, chosen, onChoose, onPlace }: Props) {
  const project = useGallery((state) => state.project);
  const known = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  const [dragged, setDragged] = useState<{ key: string; x: number; y: number } | null>(null);
  const start = useRef<{ key: string; x: number; y: number; moved: boolean } | null>(null);
  const { width, height } = view.size;
  const seen = clusters.flatMap((cluster) => {
    const spot = toWindow(view.seen, cluster);
    return spot.x < -40 || spot.y < -40 || spot.x > width + 40 || spot.y > height + 40 ? [] : [{ cluster, spot }];
  });
  const nameOf = (cluster: Cluster) => {
    const first = known.get(cluster.ids[0] ?? "");
    const where = first?.town || first?.country || "";
    return cluster.ids.length === 1 ? `${first?.title || first?.name || "Photo"}${where ? `, ${where}` : ""}${onPlace ? ". Arrow keys with Alt move it." : ""}` : `${formatCount(cluster.ids.length, "photo")}${where ? ` near ${where}` : ""}`;
  };
  const down = (event: PointerEvent<HTMLButtonElement>, cluster: Cluster) => {
    if (event.button !== 0 || !onPlace) return;
    start.current = { key: cluster.key, x: event.clientX, y: event.clientY, moved: false };
    if (cluster.ids.length === 1) event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent, cluster: Cluster) => {
    const now = start.current;
    if (!now || now.key !== cluster.key || cluster.ids.length > 1 || (!now.moved && Math.hypot(event.clientX - now.x, event.clientY - now.y) < 5)) return;
    now.moved = true;
    const frame = view.box?.getBoundingClientRect();
    if (frame) setDragged({ key: cluster.key, x: event.clientX - frame.left, y: event.clientY - frame.top });
  };
  const up = (event: PointerEvent, cluster: Cluster) => {
    const now = start.current;
    start.current = null;
    setDragged(null);
    if (onPlace && now?.moved && event.type === "pointerup") onPlace(cluster.ids, view.placeAt(event.clientX, event.clientY));
  };
  const key = (event: React.KeyboardEvent, cluster: Cluster) => {
    const step = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }[event.key];
    if (!onPlace || !event.altKey || !step || cluster.ids.length > 1) return;
    event.preventDefault();
    event.stopPropagation();
    const spot = toWindow(view.seen, cluster);
    onPlace(cluster.ids, unproject(map.projection, toMap(view.seen, { x: spot.x + (step[0] ?? 0), y: spot.y + (step[1] ?? 0) })));
  };
  return (
    <ul className={styles["signs"]} aria-label="Photos on the map">
      {seen.map(({ cluster, spot }) => {
        const at = dragged?.key === cluster.key ? dragged : spot;
        const size = cluster.ids.length === 1 ? 40 : Math.min(66, 42 + Math.log2(cluster.ids.length) * 4);
        return (
          <li key={cluster.key} style={{ transform: `translate(${at.x}px, ${at.y}px)` }}>
            <button type="button" className={styles["sign"]} data-sign={cluster.ids.length} data-chosen={chosen?.includes(cluster.ids[0] ?? "") || undefined} data-dragged={dragged?.key === cluster.key || undefined}
              style={{ width: size, height: size, margin: `${-size / 2}px 0 0 ${-size / 2}px` }} aria-label={nameOf(cluster)}
              onPointerDown={(event) => down(event, cluster)} onPointerMove={(event) => move(event, cluster)} onPointerUp={(event) => up(event, cluster)} onPointerCancel={(event) => up(event, cluster)}
              onKeyDown={(event) => key(event, cluster)} onClick={() => { if (!dragged) onChoose(cluster.ids); }}>
              <img src={urls.picture(project, cluster.ids[0] ?? "", 320)} alt="" draggable={false} />
              {cluster.ids.length > 1 && <span aria-hidden="true" data-count={cluster.ids.length > 9999 ? `${Math.floor(cluster.ids.length / 1000)}k` : cluster.ids.length.toLocaleString()} />}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
