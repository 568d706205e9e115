// Routes on the map, and the one that is being drawn.
import { memo, useMemo } from "react";
import type { MapPicture } from "../../../shared/map/mapSvg.ts";
import { project, type Place, type Projection, type Spot } from "../../../shared/map/projection.ts";
import type { MapView } from "../../../shared/map/useMapView.ts";
import { toWindow } from "../../../shared/map/view.ts";
import type { Track } from "@accid/api-client/waypoint";
import styles from "./Map.module.css";
import { thinned } from "../../../shared/map/simplify.ts";
import type { RouteDrawing } from "./useRouteDrawing.ts";

const path = (spots: Spot[]) => spots.map((spot, index) => `${index === 0 ? "M" : "L"}${spot.x.toFixed(2)} ${spot.y.toFixed(2)}`).join("");
const line = (projection: Projection, points: readonly Place[]) => points.map((point) => project(projection, point));

const Line = memo(function Line({ d, seen, planned }: { d: string; seen: MapView["seen"]; planned: boolean }) {
  const place = `translate(${seen.x} ${seen.y}) scale(${seen.k})`;
  return <><path d={d} transform={place} className={styles["casing"]} /><path d={d} transform={place} className={styles["route"]} data-planned={planned || undefined} /></>;
});

export function RouteLines({ map, view, tracks, drawing }: { map: MapPicture; view: MapView; tracks: Track[]; drawing: RouteDrawing }) {
  const lines = useMemo(() => tracks.map((track) => ({ id: track.id, planned: track.drawn ?? false, d: track.segments.map((segment) => path(thinned(line(map.projection, segment), 0.02))).join("") })), [tracks, map]);
  const drawn = (drawing.points ?? []).map((point) => toWindow(view.seen, project(map.projection, point)));
  return (
    <>
      {lines.map((one) => <Line key={one.id} d={one.d} seen={view.seen} planned={one.planned} />)}
      {drawn.length > 0 && <><path d={path(drawn)} className={styles["drawn"]} />{drawn.map((spot, index) => <circle key={index} cx={spot.x} cy={spot.y} r={4.5} className={styles["knot"]} />)}</>}
    </>
  );
}
