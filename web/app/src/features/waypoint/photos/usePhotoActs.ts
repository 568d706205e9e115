// What is done with the photos that are chosen: by keys, by buttons, by commands.
import { urls } from "@accid/api-client/urls";
import { say } from "../../../shared/announce.ts";
import { changePhotos, saveObject, trashPhotos } from "../model/edits.ts";
import { useGallery, useGalleryStore, type Gallery } from "../model/gallery.ts";
import type { Row } from "../model/rows.ts";
import type { Album } from "@accid/api-client/waypoint";
import { queryClient } from "../../../shared/queries.ts";
import { data } from "../model/data.ts";

/** Those that are chosen, or the one where the keyboard is. */
export function chosenIds(gallery: Gallery): string[] {
  const { chosen, at } = gallery.getState().selection;
  return chosen.size > 0 ? [...chosen] : at !== null ? [at] : [];
}

export function photoActs(gallery: Gallery) {
  const { project } = gallery.getState();
  const rows = () => queryClient.getQueryData<Row[]>(data.rows(project).queryKey) ?? [];
  const some = (): string[] => { const ids = chosenIds(gallery); if (ids.length === 0) say("No photo is chosen."); return ids; };
  return {
    rate: (rating: number) => { const ids = some(); void changePhotos(project, ids, { rating: rating || null }, rating > 0 ? `${rating} of 5 stars` : "No stars"); },
    hide: () => {
      const ids = some();
      const known = new Set(ids);
      const hidden = rows().some((row) => known.has(row.id) && !row.hidden);
      void changePhotos(project, ids, { hidden }, hidden ? "Hide" : "Show again");
    },
    trash: () => { const ids = some(); if (ids.length > 0) void trashPhotos(project, ids); },
  };
}

export function useCover(album: Album | undefined): () => void {
  const gallery = useGalleryStore();
  const project = useGallery((state) => state.project);
  return () => {
    const [id] = chosenIds(gallery);
    if (!id) return;
    if (!album) { say("A cover belongs to an album. Open an album first."); return; }
    void saveObject({ project, url: urls.album(project, album.id), part: "albums", before: album, after: { ...album, cover: id }, title: `Cover of ${album.title}` });
  };
}
