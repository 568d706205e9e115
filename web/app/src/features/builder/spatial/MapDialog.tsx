// The map of a page in large: modules are dragged onto it and on it, routes are drawn point by point. Everything is a change
// of the page, so that undo, saving and the canvas follow by themselves.
import type { RoutePoint } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { request } from "@accid/api-client/client";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { Check, FileUp, Frame, Spline, Undo2, X } from "lucide-react";
import { useRef, useState } from "react";
import { say, toast, toastError } from "../../../shared/announce.ts";
import type { Bounds } from "../../../shared/map/areas.ts";
import { MapStage } from "../../../shared/map/MapStage.tsx";
import { PlaceSearch, type NamedPlace } from "../../../shared/map/PlaceSearch.tsx";
import type { MapPicture } from "../../../shared/map/mapSvg.ts";
import { unproject, type Place } from "../../../shared/map/projection.ts";
import { useMapView } from "../../../shared/map/useMapView.ts";
import { toMap } from "../../../shared/map/view.ts";
import { useSession, useWorkbench } from "../model/context.tsx";
import { change } from "../model/session.ts";
import { labelOf } from "../model/tree.ts";
import { routesIn } from "./gpx.ts";
import { MapPins } from "./MapPins.tsx";
import { ModuleShelf } from "./ModuleShelf.tsx";
import { PictureSheet } from "./PictureSheet.tsx";
import { RouteSketch } from "./RouteSketch.tsx";
import styles from "./Spatial.module.css";
import { newRoute, onEarth, placeable, rounded, withPlace, withSpatial } from "./spatial.ts";
import { useSheet } from "./useSheet.ts";

/** The degrees in the corners of what is seen. */
function seenBounds(map: MapPicture, seen: { k: number; x: number; y: number }, size: { width: number; height: number }): [number, number, number, number] | null {
  const corners = [{ x: 0, y: size.height }, { x: size.width, y: 0 }].map((corner) => unproject(map.projection, toMap(seen, corner)));
  const [low, high] = corners;
  if (!low || !high) return null;
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return [round(low.lon), round(low.lat), round(high.lon < low.lon ? high.lon + 360 : high.lon), round(high.lat)];
}

function Earth({ start }: { start: string | null }) {
  const { session, types } = useWorkbench();
  const page = useSession((state) => state.page);
  const [chosen, setChosen] = useState(start);
  const [seenArea, setSeenArea] = useState<Bounds | null>(null);
  const [points, setPoints] = useState<RoutePoint[] | null>(null);
  const [name, setName] = useState("");
  const file = useRef<HTMLInputElement>(null);
  const sheet = useSheet(page, seenArea);
  const modules = placeable(page.modules);
  const module = modules.find((one) => one.id === chosen);
  const place = (id: string, at: Place | null) => {
    const target = page.modules.find((one) => one.id === id);
    if (!at || !target) { say("That is not on the map."); return; }
    change(session, (one) => withPlace(one, id, rounded(at)), { title: `Place ${labelOf(target, types)}` });
    say(`${labelOf(target, types)}: ${rounded(at).lat}, ${rounded(at).lon}`);
  };
  const view = useMapView(sheet.data, { onPress: (at) => { if (points) setPoints([...points, rounded(at)]); } });
  const go = (named: NamedPlace) => {
    if (!named.code) { view.fit([named]); return; }
    void request<{ items: { id: string; bounds: Bounds }[] }>(`${urls.areas}?filter=id:${encodeURIComponent(named.code)}&perPage=200`).then(({ items }) => setSeenArea(items.find((item) => item.id === named.code)?.bounds ?? null)).catch(toastError);
  };
  const keepRoute = () => {
    if (points && points.length > 1) change(session, (one) => withSpatial(one, { routes: [...one.spatial?.routes ?? [], newRoute(name.trim() || "Route", points)] }), { title: "Draw a route" });
    setPoints(null);
    setName("");
  };
  const bring = async (files: File[]) => {
    const routes = (await Promise.all(files.map(async (one) => routesIn(await one.text(), one.name.replace(/\.gpx$/i, ""))))).flat();
    if (routes.length === 0) { toast("There is no route in it. Choose a GPX file with a track or a route.", { tone: "error" }); return; }
    change(session, (one) => withSpatial(one, { routes: [...one.spatial?.routes ?? [], ...routes.map((route) => ({ ...newRoute(route.name, route.points), dates: route.points.some((point) => point.date) }))] }), { title: "Bring a route" });
    view.fit(routes.flatMap((route) => route.points.flatMap((point) => onEarth(point) ?? [])));
  };
  const frame = () => {
    const bounds = sheet.data && seenBounds(sheet.data, view.seen, view.size);
    if (bounds) { change(session, (one) => withSpatial(one, { bounds }), { title: "Show this part of the world" }); say("The page shows this part of the world."); }
  };
  return (
    <>
      <div className={styles["mapTools"]}>
        {points === null ? <>
          <div className={styles["find"]}><PlaceSearch label="Go to a place" hideLabel placeholder="Go to an island, a town, a country" onChoose={go} /></div>
          <div className={styles["actions"]}>
            <Button icon={<Spline />} onClick={() => { setPoints([]); say("Press the map for each point of the route."); }}>Draw a route</Button>
            <Button icon={<FileUp />} onClick={() => file.current?.click()}>Route from a file</Button>
            <input ref={file} type="file" hidden aria-label="Routes" accept=".gpx" onChange={(event) => { void bring([...event.currentTarget.files ?? []]); event.currentTarget.value = ""; }} />
            <Button icon={<Frame />} onClick={frame}>Show exactly this part</Button>
            {page.spatial?.bounds && <Button kind="ghost" onClick={() => change(session, (one) => withSpatial(one, { bounds: undefined }), { title: "Show the whole area" })}>Whole area again</Button>}
          </div>
        </> : <>
          <p>Press the map for each point.</p>
          <div className={styles["find"]}><TextField label="Name of the route" hideLabel placeholder="Name of the route" value={name} onChange={(event) => setName(event.target.value)} /></div>
          <Button onClick={() => { const middle = view.middle(); if (middle) setPoints([...points, rounded(middle)]); }}>Add the middle</Button>
          <Button icon={<Undo2 />} disabled={points.length === 0} onClick={() => setPoints(points.slice(0, -1))}>Last point</Button>
          <Button kind="primary" icon={<Check />} disabled={points.length < 2} onClick={keepRoute}>Keep it</Button>
          <Button kind="ghost" icon={<X />} onClick={() => setPoints(null)}>Cancel</Button>
        </>}
      </div>
      <div className={styles["mapArea"]}>
        <div className={styles["mapBox"]}>
          {sheet.error && <ErrorNote error={sheet.error} />}
          {!sheet.data && !sheet.error && <Skeleton height="100%" />}
          {sheet.data && (
            <MapStage map={sheet.data} view={view} label="Map of the page" cursor={points ? "crosshair" : "grab"} lines={<RouteSketch page={page} map={sheet.data} view={view} drawn={points} />}>
              <MapPins map={sheet.data} view={view} modules={modules} chosen={chosen} onChoose={setChosen} onPlace={place} />
              <span className={styles["cross"]} style={{ left: view.size.width / 2, top: view.size.height / 2 }} aria-hidden="true" />
            </MapStage>
          )}
        </div>
        <ModuleShelf modules={modules} picture={false} chosen={chosen} onChoose={setChosen} onDrop={(id, x, y) => { const at = view.placeAt(x, y); if (at) place(id, at); }} onMiddle={(id) => place(id, view.middle())} onRemove={(id) => change(session, (one) => withPlace(one, id, null), { title: "Take off the map" })} />
      </div>
      {module && <p className="visually-hidden" role="status">Chosen: {labelOf(module, types)}</p>}
    </>
  );
}

export function MapDialog({ start = null, onClose }: { start?: string | null; onClose: () => void }) {
  const picture = useSession((state) => state.page.spatial?.picture?.photo ?? "");
  return (
    <Dialog title="Arrange on the map" size="full" onClose={onClose}>
      <div className={styles["dialog"]} data-commands-work="">{picture ? <PictureSheet photo={picture} start={start} /> : <Earth start={start} />}</div>
    </Dialog>
  );
}
