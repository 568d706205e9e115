// Draws a route by hand: each press on the map is its next point.
import { urls } from "@accid/api-client/urls";
import { useState } from "react";
import { say } from "../../../shared/announce.ts";
import type { Place } from "../../../shared/map/projection.ts";
import { makeObject } from "../model/edits.ts";

export interface RouteDrawing {
  /** None: nothing is being drawn. */
  points: Place[] | null;
  start: () => void;
  add: (place: Place) => void;
  back: () => void;
  cancel: () => void;
  finish: (name: string) => void;
}

export function useRouteDrawing(project: string): RouteDrawing {
  const [points, setPoints] = useState<Place[] | null>(null);
  const finish = (name: string) => {
    const drawn = points ?? [];
    setPoints(null);
    if (drawn.length < 2) { say("A route needs two points; nothing was kept."); return; }
    const segments = [drawn.map(({ lat, lon }) => ({ lat: Number(lat.toFixed(5)), lon: Number(lon.toFixed(5)) }))];
    void makeObject({ project, url: urls.tracks(project), body: { name, segments }, of: (id) => urls.track(project, id), part: "tracks", title: `Draw the route ${name}` });
  };
  return {
    points, finish,
    start: () => { setPoints([]); say("Press the map for each point of the route; with the keyboard, move the map and add its middle."); },
    add: (place) => { setPoints((all) => [...(all ?? []), place]); say(`Point ${(points?.length ?? 0) + 1}`); },
    back: () => setPoints((all) => (all ? all.slice(0, -1) : all)),
    cancel: () => setPoints(null),
  };
}
