// What can be done with the map: which part of the world it shows, and its routes.
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Menu } from "@accid/ui/Menu";
import { TextField } from "@accid/ui/Field";
import { request } from "@accid/api-client/client";
import { Check, Clock, Download, FileUp, Route, Undo2, Waypoints, X } from "lucide-react";
import { useRef, useState } from "react";
import { useMay } from "../../../shared/abilities.ts";
import { toastError } from "../../../shared/announce.ts";
import type { Bounds } from "../../../shared/map/areas.ts";
import { PlaceSearch, type NamedPlace } from "../../../shared/map/PlaceSearch.tsx";
import { useGallery } from "../model/gallery.ts";
import styles from "./Map.module.css";
import type { RouteDrawing } from "./useRouteDrawing.ts";

export interface Shown extends NamedPlace { bounds?: Bounds }
interface Props { drawing: RouteDrawing; hasPlaces: boolean; onArea: (shown: Shown) => void; onAll: () => void; onRoutes: (files: File[]) => void; onByTime: () => void; onStory: () => void }

function Drawing({ drawing }: { drawing: RouteDrawing }) {
  const [name, setName] = useState("");
  const count = drawing.points?.length ?? 0;
  return (
    <form className={styles["drawing"]} onSubmit={(event) => { event.preventDefault(); drawing.finish(name.trim() || "Route"); }}>
      <p>Press the map for each point.</p>
      <TextField label="Name of the route" hideLabel placeholder="Name of the route" value={name} onChange={(event) => setName(event.target.value)} />
      <Button icon={<Undo2 />} disabled={count === 0} onClick={drawing.back}>Last point</Button>
      <Button kind="primary" type="submit" icon={<Check />} disabled={count < 2}>Keep it</Button>
      <Button kind="ghost" icon={<X />} onClick={drawing.cancel}>Cancel</Button>
    </form>
  );
}

export function MapTools({ drawing, hasPlaces, onArea, onAll, onRoutes, onByTime, onStory }: Props) {
  const project = useGallery((state) => state.project);
  const mayEdit = useMay()("edit-photos");
  const files = useRef<HTMLInputElement>(null);
  const choose = (place: NamedPlace) => {
    if (!place.code) { onArea(place); return; }
    void request<{ items: { id: string; bounds: Bounds }[] }>(`${urls.areas}?filter=id:${encodeURIComponent(place.code)}&perPage=200`)
      .then(({ items }) => { const bounds = items.find((item) => item.id === place.code)?.bounds; onArea({ ...place, ...(bounds ? { bounds } : { code: "" }) }); }).catch(toastError);
  };
  const save = (format: "gpx" | "kml" | "geojson") => { const link = document.createElement("a"); link.href = urls.placesFile(project, format); link.download = `${project}.${format}`; link.click(); };
  if (drawing.points) return <div className={styles["tools"]}><Drawing drawing={drawing} /></div>;
  return (
    <div className={styles["tools"]}>
      <div className={styles["find"]}><PlaceSearch label="Show a place on the map" hideLabel placeholder="Go to an island, a town, a country" onChoose={choose} /></div>
      <div className={styles["actions"]}>
        <Button onClick={onAll}>All photos</Button>
        {mayEdit && <Button icon={<FileUp />} onClick={() => files.current?.click()}>Bring a route</Button>}
        {mayEdit && <Button icon={<Route />} onClick={drawing.start}>Draw a route</Button>}
        {mayEdit && hasPlaces && <Button icon={<Clock />} onClick={onByTime}>Place by time</Button>}
        <Menu label="More about the map" items={[
          { title: "Save places as GPX", icon: <Download />, run: () => save("gpx") }, { title: "Save places as KML", icon: <Download />, run: () => save("kml") }, { title: "Save places as GeoJSON", icon: <Download />, run: () => save("geojson") },
          { title: "Tell them as a story", icon: <Waypoints />, run: onStory },
        ]} />
      </div>
      <input ref={files} type="file" hidden multiple aria-label="Routes" accept=".gpx,.kml,.kmz,.geojson,.json" onChange={(event) => { onRoutes([...event.currentTarget.files ?? []]); event.currentTarget.value = ""; }} />
    </div>
  );
}
