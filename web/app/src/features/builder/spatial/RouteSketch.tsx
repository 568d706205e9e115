// The routes of a page on its map while it is arranged, and the one that is being drawn.
import type { PageDocument, RoutePoint } from "@accid/api-client/types";
import type { MapPicture } from "../../../shared/map/mapSvg.ts";
import { project, type Spot } from "../../../shared/map/projection.ts";
import type { MapView } from "../../../shared/map/useMapView.ts";
import { toWindow } from "../../../shared/map/view.ts";
import styles from "./Spatial.module.css";
import { onEarth, placeable } from "./spatial.ts";

export const pathOf = (spots: Spot[]) => spots.map((spot, index) => `${index === 0 ? "M" : "L"}${spot.x.toFixed(1)} ${spot.y.toFixed(1)}`).join("");

export function RouteSketch({ page, map, view, drawn }: { page: PageDocument; map: MapPicture; view: MapView; drawn: RoutePoint[] | null }) {
  const spots = (points: (RoutePoint | undefined)[]) => points.flatMap((point) => { const place = onEarth(point); return place ? [toWindow(view.seen, project(map.projection, place))] : []; });
  const modules = placeable(page.modules).map((module) => module.place);
  return (
    <>
      {(page.spatial?.routes ?? []).filter((route) => !route.track).map((route) => <path key={route.id} d={pathOf(spots(route.points?.length ? route.points : modules))} className={styles["line"]} data-dashed={route.dashed || undefined} />)}
      {drawn && <path d={pathOf(spots(drawn))} className={styles["line"]} data-dashed="" />}
      {drawn && spots(drawn).map((spot, index) => <circle key={index} cx={spot.x} cy={spot.y} r={4.5} className={styles["knot"]} />)}
    </>
  );
}
