// Draws a route by hand: each press on the map is its next point.
import { request, send } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { useState } from "react";
import { say } from "../../../shared/announce.ts";
import type { Place } from "../../../shared/map/projection.ts";
import { refresh } from "../model/data.ts";
import type { Track } from "../model/types.ts";
import { perform } from "../model/undo.ts";

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
    let made: Track | null = null;
    void perform({
      title: `Draw the route ${name}`,
      redo: async () => { made = await request<Track>(urls.tracks(project), { body: { name, drawn: true, segments } }); await refresh(project, "tracks"); },
      undo: async () => { if (made) await send(urls.track(project, made.id), { method: "DELETE" }); await refresh(project, "tracks"); },
    });
  };
  return {
    points, finish,
    start: () => { setPoints([]); say("Press the map for each point of the route; with the keyboard, move the map and add its middle."); },
    add: (place) => { setPoints((all) => [...(all ?? []), place]); say(`Point ${(points?.length ?? 0) + 1}`); },
    back: () => setPoints((all) => (all ? all.slice(0, -1) : all)),
    cancel: () => setPoints(null),
  };
}
