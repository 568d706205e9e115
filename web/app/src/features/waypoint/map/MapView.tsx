// The photos of a gallery on the map: gathered where they lie close, placed by dragging, with the routes that were taken.
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { useMay } from "../../../shared/abilities.ts";
import { say } from "../../../shared/announce.ts";
import { formatCount } from "../../../shared/format.ts";
import { boundsOf, roomy, world, type Bounds } from "../../../shared/map/areas.ts";
import { placeInWords } from "../../../shared/map/coordinates.ts";
import { MapStage } from "../../../shared/map/MapStage.tsx";
import type { MapPicture } from "../../../shared/map/mapSvg.ts";
import { project as projected, type Place } from "../../../shared/map/projection.ts";
import { useMapView, type MapView as View } from "../../../shared/map/useMapView.ts";
import { gather, type Cluster } from "../model/cluster.ts";
import { data, useRows } from "../model/data.ts";
import { placePhotos } from "../model/edits.ts";
import { useGallery } from "../model/gallery.ts";
import type { Row } from "../model/rows.ts";
import type { Track } from "@accid/api-client/waypoint";
import { ClusterPanel } from "./ClusterPanel.tsx";
import { ClusterSigns } from "./ClusterSigns.tsx";
import styles from "./Map.module.css";
import { MapTools } from "./MapTools.tsx";
import { RouteLines } from "./RouteLines.tsx";
import { RoutePanel } from "./RoutePanel.tsx";
import { Unplaced } from "./Unplaced.tsx";
import { useRouteDrawing } from "./useRouteDrawing.ts";

const cell = 54;
const noTracks: Track[] = [];

/** Everything that has a place, so that the map shows all of it. */
function boundsFor(rows: Row[], tracks: Track[]): Bounds {
  const places: Place[] = rows.flatMap((row) => (row.lat !== null && row.lon !== null ? [{ lat: row.lat, lon: row.lon }] : []));
  for (const track of tracks) for (const segment of track.segments) for (let index = 0; index < segment.length; index += Math.max(1, Math.floor(segment.length / 200))) places.push(segment[index] as Place);
  const bounds = boundsOf(places);
  return bounds ? roomy(bounds) : world;
}

function useClusters(map: MapPicture | undefined, rows: Row[], view: View): Cluster[] {
  const points = useMemo(() => (map ? rows.flatMap((row) => (row.lat === null || row.lon === null ? [] : [{ id: row.id, ...projected(map.projection, { lat: row.lat, lon: row.lon }) }])) : []), [map, rows]);
  // Signs change with the scale and not with the place that is seen; steps of a third keep them still while one zooms.
  const step = Math.round(Math.log2(view.seen.k) * 3);
  return useMemo(() => gather(points, cell / 2 ** (step / 3)), [points, step]);
}

export function MapView({ onRoutes, onByTime, onStory }: { onRoutes: (files: File[]) => void; onByTime: () => void; onStory: () => void }) {
  const project = useGallery((state) => state.project);
  const { rows, shown, isPending } = useRows();
  const tracks = useQuery(data.tracks(project)).data ?? noTracks;
  const [area, setArea] = useState<Bounds | null>(null);
  // The map is chosen once; a photo that is placed elsewhere does not change it under one's hands.
  const first = useRef<Bounds | null>(null);
  const [bounds, setBounds] = useState<Bounds | null>(null);
  useEffect(() => {
    if (isPending || first.current) return;
    first.current = boundsFor(rows, tracks);
    // What is shown first follows from data that comes later than the view.
    setBounds(first.current);
  }, [isPending, rows, tracks]);
  const shownBounds = area ?? bounds;
  const map = useQuery({ ...data.map(shownBounds ?? world), enabled: shownBounds !== null });
  const mayEdit = useMay()("edit-photos");
  const drawing = useRouteDrawing(project);
  const [chosen, setChosen] = useState<string[] | null>(null);
  const begin = useMemo(() => (area ? undefined : shown.flatMap((row) => (row.lat !== null && row.lon !== null ? [{ lat: row.lat, lon: row.lon }] : []))), [map.data, area]); // eslint-disable-line react-hooks/exhaustive-deps -- only for a new map
  const view = useMapView(map.data, { begin, onPress: (place) => { if (drawing.points) drawing.add(place); else setChosen(null); } });
  const clusters = useClusters(map.data, shown, view);
  const place = (ids: string[], at: Place | null) => {
    if (!at) { say("That is not on the map."); return; }
    const spot = { lat: Number(at.lat.toFixed(6)), lon: Number(at.lon.toFixed(6)) };
    void placePhotos(project, ids.map((photo) => ({ photo, location: { ...spot, source: "hand" } })), "Place");
    say(`${formatCount(ids.length, "photo")} at ${placeInWords(spot)}.`);
  };
  const showAll = () => { setArea(null); setBounds(boundsFor(rows, tracks)); view.fit(shown.flatMap((row) => (row.lat !== null && row.lon !== null ? [{ lat: row.lat, lon: row.lon }] : []))); };
  const without = shown.filter((row) => row.lat === null);
  return (
    <div className={styles["view"]}>
      <div className={styles["main"]}>
        <MapTools drawing={drawing} onArea={(named) => { if (named.code) setArea({ west: 0, south: 0, east: 0, north: 0, ...named.bounds }); else view.fit([named]); }} onAll={showAll} onRoutes={onRoutes} onByTime={onByTime} onStory={onStory} hasPlaces={rows.some((row) => row.lat !== null)} />
        <div className={styles["map"]}>
          {map.error && <ErrorNote error={map.error} />}
          {!map.data && !map.error && <Skeleton height="100%" />}
          {map.data && (
            <MapStage map={map.data} view={view} label="Map of the photos" cursor={drawing.points ? "crosshair" : "grab"} lines={<RouteLines map={map.data} view={view} tracks={tracks} drawing={drawing} />}>
              <ClusterSigns map={map.data} view={view} clusters={clusters} rows={rows} chosen={chosen} onChoose={setChosen} onPlace={mayEdit ? place : null} />
              {mayEdit && without.length > 0 && !drawing.points && <span className={styles["cross"]} style={{ left: view.size.width / 2, top: view.size.height / 2 }} aria-hidden="true" />}
            </MapStage>
          )}
        </div>
        {chosen && <ClusterPanel ids={chosen} rows={rows} onDrop={mayEdit ? (id, x, y) => { const at = view.placeAt(x, y); if (at) place([id], at); } : null} onClose={() => setChosen(null)} onZoom={() => view.fit(rows.flatMap((row) => (chosen.includes(row.id) && row.lat !== null && row.lon !== null ? [{ lat: row.lat, lon: row.lon }] : [])))} />}
        {mayEdit && without.length > 0 && !drawing.points && <Unplaced rows={without} placeAt={view.placeAt} middle={view.middle} onPlace={place} onByTime={onByTime} />}
        {tracks.length > 0 && !drawing.points && <RoutePanel tracks={tracks} mayEdit={mayEdit} onShow={(places) => view.fit(places)} />}
      </div>
    </div>
  );
}
