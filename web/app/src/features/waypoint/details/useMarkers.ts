// The points of a photo while they are edited: shown at once, saved as steps that can be undone.
import { request } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { useEffect, useRef } from "react";
import { create } from "zustand";
import { queryClient } from "../../../shared/queries.ts";
import { data, refresh } from "../model/data.ts";
import { useGallery } from "../model/gallery.ts";
import type { GalleryPhoto, Marker } from "../model/types.ts";
import { perform } from "../model/undo.ts";
import { identified } from "./markers.ts";

const useChosen = create<{ chosen: string | null }>(() => ({ chosen: null }));
/** A key that is held moves in one step. */
const pause = 500;

export type IdentifiedMarker = Marker & { id: string };

export function useMarkers(photo: GalleryPhoto | undefined) {
  const project = useGallery((state) => state.project);
  const { chosen } = useChosen();
  const markers: IdentifiedMarker[] = identified(photo?.waypoints ?? []);
  const waiting = useRef<{ timer: number; before: IdentifiedMarker[]; after: IdentifiedMarker[]; title: string } | null>(null);
  const id = photo?.id;
  const show = (list: IdentifiedMarker[]) => { if (id) queryClient.setQueryData<GalleryPhoto>(data.photo(project, id).queryKey, (now) => (now ? { ...now, waypoints: list } : now)); };
  const write = async (list: IdentifiedMarker[]) => {
    show(list);
    try { await request(urls.saveWaypoints(project), { method: "PUT", body: { photo: id, waypoints: list } }); } finally { await refresh(project, "photo", "index"); }
  };
  const save = (before: IdentifiedMarker[], after: IdentifiedMarker[], title: string) => void perform({ title, redo: () => write(after), undo: () => write(before) }, { quiet: true });
  const finish = () => {
    const now = waiting.current;
    if (!now) return;
    waiting.current = null;
    clearTimeout(now.timer);
    save(now.before, now.after, now.title);
  };
  const latest = useRef(finish);
  useEffect(() => { latest.current = finish; });
  useEffect(() => () => latest.current(), [id]);
  return {
    markers, chosen,
    choose: (marker: string | null) => useChosen.setState({ chosen: marker }),
    /** At once. */
    change: (after: IdentifiedMarker[], title: string) => { finish(); show(after); save(markers, after, title); },
    /** After a pause, together with what follows soon. */
    commit: (after: IdentifiedMarker[], title: string) => {
      const before = waiting.current?.before ?? markers;
      if (waiting.current) clearTimeout(waiting.current.timer);
      waiting.current = { before, after, title, timer: window.setTimeout(() => latest.current(), pause) };
      show(after);
    },
    remove: (marker: string) => { finish(); useChosen.setState({ chosen: null }); const after = markers.filter((one) => one.id !== marker); show(after); save(markers, after, "Take a point away"); },
  };
}
