// What Waypoint reads from the program: one key and one function for each thing.
import { list, request, requestText, send } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { readMap } from "../../../shared/map/mapSvg.ts";
import type { Bounds } from "../../../shared/map/areas.ts";
import { onStudioEvent } from "../../../shared/events.ts";
import { queryClient } from "../../../shared/queries.ts";
import { useGallery } from "./gallery.ts";
import { readIndex, shownRows, type Row } from "./rows.ts";
import type { Album, Alike, GalleryPhoto, GallerySettings, Index, NamedPlace, Story, Track, Watched } from "@accid/api-client/waypoint";

/** An object together with its ETag. */
async function tagged<T extends { etag?: string }>(url: string): Promise<T> {
  const { data, etag } = await send<T>(url);
  return { ...data, etag: data.etag ?? etag ?? "" };
}

export const keys = (project: string) => ["gallery", project] as const;
export const data = {
  rows: (project: string) => queryOptions({ queryKey: [...keys(project), "index"], queryFn: async () => readIndex(await request<Index>(urls.photoIndex(project))), staleTime: 60_000 }),
  photo: (project: string, photo: string) => queryOptions({ queryKey: [...keys(project), "photo", photo], queryFn: () => tagged<GalleryPhoto>(urls.photo(project, photo)) }),
  albums: (project: string) => queryOptions({ queryKey: [...keys(project), "albums"], queryFn: () => list<Album>(urls.albums(project)) }),
  alike: (project: string) => queryOptions({ queryKey: [...keys(project), "alike"], queryFn: () => list<Alike>(urls.duplicates(project)) }),
  tracks: (project: string) => queryOptions({ queryKey: [...keys(project), "tracks"], queryFn: () => list<Track>(urls.tracks(project)) }),
  track: (project: string, track: string) => queryOptions({ queryKey: [...keys(project), "track", track], queryFn: () => tagged<Track>(urls.track(project, track)) }),
  stories: (project: string) => queryOptions({ queryKey: [...keys(project), "stories"], queryFn: () => list<Story>(urls.stories(project)) }),
  settings: (project: string) => queryOptions({ queryKey: [...keys(project), "settings"], queryFn: () => tagged<GallerySettings>(urls.gallerySettings(project)) }),
  watched: (project: string) => queryOptions({ queryKey: [...keys(project), "watched"], queryFn: () => list<Watched>(urls.watched(project)) }),
  map: (bounds: Bounds) => queryOptions({
    queryKey: ["map", bounds], staleTime: Infinity,
    queryFn: async () => readMap(await requestText(urls.worldMap(bounds, 1600, "high"))),
  }),
  places: (typed: string) => queryOptions({ queryKey: ["places", typed], queryFn: async () => (await request<{ items: NamedPlace[] }>(urls.places(typed))).items, staleTime: Infinity, enabled: typed.trim().length > 1 }),
};

const none: Row[] = [];

/** All photos, and those that are looked for, in their order. */
export function useRows(): { rows: Row[]; shown: Row[]; ids: string[]; isPending: boolean; error: unknown } {
  const project = useGallery((state) => state.project);
  const filter = useGallery((state) => state.filter);
  const { data: rows = none, isPending, error } = useQuery(data.rows(project));
  const albums = useQuery({ ...data.albums(project), enabled: filter.album !== "" }).data;
  const alike = useQuery({ ...data.alike(project), enabled: filter.alike }).data;
  const order = useMemo(() => alike?.flatMap((group) => group.photos) ?? null, [alike]);
  const album = filter.alike ? order : filter.album ? albums?.find((one) => one.id === filter.album)?.photos ?? null : null;
  // The list of look-alikes is put together anew only when it is read anew.
  const shown = useMemo(() => ((filter.album || filter.alike) && !album ? none : shownRows(rows, filter, album)), [rows, filter, album]);
  const ids = useMemo(() => shown.map((row) => row.id), [shown]);
  return { rows, shown, ids, isPending, error };
}

/** Rows as they will be once the program has a change; what it says replaces them. */
export function patchRows(project: string, ids: ReadonlySet<string>, change: (row: Row) => Row) {
  queryClient.setQueryData<Row[]>(data.rows(project).queryKey, (rows) => rows?.map((row) => (ids.has(row.id) ? change(row) : row)));
}

export const refresh = (project: string, ...parts: string[]) => Promise.all(parts.map((part) => queryClient.invalidateQueries({ queryKey: [...keys(project), part] })));

const pause = 500;
const waiting = new Map<string, Set<string>>();
const timers = new Map<string, number>();

/** Reads anew a moment later, once for all that changed until then: ten thousand rows are not read for each photo. */
export function refreshSoon(project: string, ...parts: string[]) {
  const wanted = waiting.get(project) ?? new Set<string>();
  parts.forEach((part) => wanted.add(part));
  waiting.set(project, wanted);
  clearTimeout(timers.get(project));
  timers.set(project, window.setTimeout(() => { waiting.delete(project); void refresh(project, ...wanted); }, pause));
}

/** Keeps what is shown in step with other windows, watched folders and the command line. */
export function followGallery(project: string, projectId: string): () => void {
  return onStudioEvent((event) => {
    const isHere = event.project === projectId || event.project === project;
    if (event.type !== "reconnected" && !(isHere && event.type.startsWith("item-"))) return;
    const collection = event.type === "reconnected" ? "" : event.collection ?? "";
    refreshSoon(project, ...({ photos: ["index", "photo"], albums: ["albums"], tracks: ["tracks", "track"], stories: ["stories"] }[collection] ?? ["index", "photo", "albums", "tracks", "stories", "settings", "watched"]));
  });
}
