// The points of a photo while they are edited: shown at once, saved as steps that can be undone. Until the program has them,
// what is shown is the draft here, whatever is read meanwhile.
import { request } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { useEffect } from "react";
import { create } from "zustand";
import { refresh, refreshSoon } from "../model/data.ts";
import { useGallery } from "../model/gallery.ts";
import type { GalleryPhoto, Marker } from "@accid/api-client/waypoint";
import { perform } from "../model/undo.ts";
import { identified } from "./markers.ts";

export type IdentifiedMarker = Marker & { id: string };
interface Points { chosen: string | null; draft: { photo: string; list: IdentifiedMarker[] } | null }
const usePoints = create<Points>(() => ({ chosen: null, draft: null }));

/** A key that is held moves in one step. */
const pause = 500;
let sending = 0;
let waiting: { project: string; photo: string; timer: number; before: IdentifiedMarker[]; after: IdentifiedMarker[]; title: string } | null = null;

async function write(project: string, photo: string, list: IdentifiedMarker[], isShown: boolean) {
  if (!isShown) usePoints.setState({ draft: { photo, list } });
  sending += 1;
  try {
    await request(urls.saveWaypoints(project), { method: "PUT", body: { photo, waypoints: list } });
  } finally {
    sending -= 1;
    refreshSoon(project, "index");
    if (sending === 0 && !waiting) {
      await refresh(project, "photo");
      if (sending === 0 && !waiting) usePoints.setState({ draft: null });
    }
  }
}

function save(project: string, photo: string, before: IdentifiedMarker[], after: IdentifiedMarker[], title: string) {
  let isShown = true;
  void perform({ title, redo: () => { const first = isShown; isShown = false; return write(project, photo, after, first); }, undo: () => write(project, photo, before, false) }, { quiet: true });
}

function finish() {
  const now = waiting;
  if (!now) return;
  waiting = null;
  clearTimeout(now.timer);
  save(now.project, now.photo, now.before, now.after, now.title);
}

export function useMarkers(photo: GalleryPhoto | undefined) {
  const project = useGallery((state) => state.project);
  const { chosen, draft } = usePoints();
  const id = photo?.id ?? "";
  const markers: IdentifiedMarker[] = draft?.photo === id ? draft.list : identified(photo?.waypoints ?? []);
  useEffect(() => finish, [id]);
  const show = (list: IdentifiedMarker[]) => usePoints.setState({ draft: { photo: id, list } });
  const change = (after: IdentifiedMarker[], title: string) => { finish(); show(after); save(project, id, markers, after, title); };
  return {
    markers, chosen, change,
    choose: (marker: string | null) => usePoints.setState({ chosen: marker }),
    /** After a pause, together with what follows soon. */
    commit: (after: IdentifiedMarker[], title: string) => {
      const before = waiting?.before ?? markers;
      if (waiting) clearTimeout(waiting.timer);
      waiting = { project, photo: id, before, after, title, timer: window.setTimeout(finish, pause) };
      show(after);
    },
    remove: (marker: string) => { usePoints.setState({ chosen: null }); change(markers.filter((one) => one.id !== marker), "Take a point away"); },
  };
}
