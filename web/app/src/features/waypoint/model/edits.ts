// What a person can do with photos, each as one step that can be undone. The list shows it at once; what the program
// then says replaces that.
import { request, send } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { formatCount } from "../../../shared/format.ts";
import { queryClient } from "../../../shared/queries.ts";
import { data, patchRows, refresh, refreshSoon } from "./data.ts";
import type { Row } from "./rows.ts";
import type { Album, GalleryPhoto, Location, PhotoChanges, Track } from "@accid/api-client/waypoint";
import { perform, remember } from "./undo.ts";

/** Whether a request may go on when its tab is closed: only with a small body. */
export const outlives = (body: unknown) => JSON.stringify(body).length < 60_000;

const photos = (ids: readonly unknown[]) => formatCount(ids.length, "photo");

function rowAfter(row: Row, changes: PhotoChanges): Row {
  const location = changes.location;
  return {
    ...row,
    ...(changes.rating !== undefined ? { rating: changes.rating ?? 0 } : {}),
    ...(changes.hidden !== undefined ? { hidden: changes.hidden } : {}),
    ...(changes.title !== undefined ? { title: changes.title } : {}),
    ...(changes.taken !== undefined ? { taken: changes.taken?.at ?? "", day: changes.taken?.at.slice(0, 10) ?? "" } : {}),
    ...(location === undefined ? {} : location === null ? { lat: null, lon: null, country: "", town: "" } : { lat: location.lat, lon: location.lon }),
  };
}

async function put(project: string, ids: readonly string[], changes: PhotoChanges) {
  const known = new Set(ids);
  patchRows(project, known, (row) => rowAfter(row, changes));
  try {
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) await request(urls.photo(project, only), { method: "PUT", body: changes, keepalive: outlives(changes) });
    else {
      const { refused } = await request<{ refused?: { name: string; reason: string }[] }>(urls.photos(project), { method: "PUT", body: { ids, changes } });
      if (refused && refused.length > 0) throw new Error(`${photos(refused)} could not be changed. ${refused[0]?.reason ?? ""}`);
    }
  } finally {
    refreshSoon(project, "index");
    await refresh(project, "photo");
  }
}

/** The present values of what is about to change. */
async function before(project: string, ids: readonly string[], names: (keyof PhotoChanges)[]): Promise<Map<string, PhotoChanges>> {
  const found = new Map<string, PhotoChanges>();
  const rows = queryClient.getQueryData<Row[]>(data.rows(project).queryKey) ?? [];
  const fromRows = names.every((name) => name === "rating" || name === "hidden");
  const empty: PhotoChanges = { title: "", alt: "", caption: "", keywords: [], rating: null, copyright: "", creator: "", hidden: false, privacy: "", taken: null, location: null, decorative: false, focus: null };
  if (fromRows) {
    const known = new Set(ids);
    for (const row of rows) if (known.has(row.id)) found.set(row.id, Object.fromEntries(names.map((name) => [name, name === "rating" ? row.rating || null : row.hidden])));
    return found;
  }
  const queue = [...ids];
  const work = async () => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      const photo = await queryClient.fetchQuery({ ...data.photo(project, id), staleTime: 0 });
      found.set(id, Object.fromEntries(names.map((name) => [name, photo[name as keyof GalleryPhoto] ?? empty[name]])));
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
  return found;
}

/** Photos whose former values are the same are set back together. */
function inGroups(values: Map<string, PhotoChanges>): { ids: string[]; changes: PhotoChanges }[] {
  const groups = new Map<string, { ids: string[]; changes: PhotoChanges }>();
  for (const [id, changes] of values) {
    const key = JSON.stringify(changes);
    const group = groups.get(key);
    if (group) group.ids.push(id); else groups.set(key, { ids: [id], changes });
  }
  return [...groups.values()];
}

export async function changePhotos(project: string, ids: readonly string[], changes: PhotoChanges, title: string): Promise<boolean> {
  if (ids.length === 0) return false;
  const all = [...ids];
  let former: Map<string, PhotoChanges> | null = null;
  return perform({
    title: all.length === 1 ? title : `${title}, ${photos(all)}`,
    redo: async () => { former ??= await before(project, all, Object.keys(changes) as (keyof PhotoChanges)[]); await put(project, all, changes); },
    undo: async () => { for (const group of inGroups(former ?? new Map())) await put(project, group.ids, group.changes); },
  });
}

/** A change of its own for each photo, such as its words with one more. */
export async function changeEach(project: string, ids: readonly string[], names: (keyof PhotoChanges)[], change: (now: PhotoChanges) => PhotoChanges, title: string): Promise<boolean> {
  const all = [...ids];
  let former: Map<string, PhotoChanges> | null = null;
  const write = async (values: Map<string, PhotoChanges>) => { for (const group of inGroups(values)) await put(project, group.ids, group.changes); };
  return perform({
    title: `${title}, ${photos(all)}`,
    redo: async () => { former ??= await before(project, all, names); await write(new Map([...former].map(([id, now]) => [id, change(now)]))); },
    undo: () => write(former ?? new Map()),
  });
}

export interface NewPlace { photo: string; location: Location | null }

async function putPlaces(project: string, places: readonly NewPlace[]) {
  const known = new Map(places.map((place) => [place.photo, place.location]));
  patchRows(project, new Set(known.keys()), (row) => rowAfter(row, { location: known.get(row.id) ?? null }));
  try {
    const items = places.map(({ photo, location }) => (location ? { photo, ...location } : { photo, location: null }));
    await request(urls.locations(project), { method: "PUT", body: { items } });
  } finally {
    refreshSoon(project, "index");
    await refresh(project, "photo");
  }
}

/** Says where photos were taken. */
export function placePhotos(project: string, places: readonly NewPlace[], title = "Place"): Promise<boolean> {
  let former: NewPlace[] | null = null;
  return perform({
    title: places.length === 1 ? title : `${title} ${photos(places)}`,
    redo: async () => {
      former ??= [...await before(project, places.map((place) => place.photo), ["location"])].map(([photo, now]) => ({ photo, location: now.location ?? null }));
      await putPlaces(project, places);
    },
    undo: () => putPlaces(project, former ?? []),
  });
}

/** Moves photos to the trash. */
export async function trashPhotos(project: string, ids: readonly string[]): Promise<boolean> {
  let entries: string[] = [];
  const restore = async () => {
    for (const entry of entries) await request(urls.restoreTrash(project), { body: { entry } });
    await refresh(project, "index", "photo", "albums");
  };
  const remove = async () => {
    entries = [];
    const known = new Set(ids);
    queryClient.setQueryData<Row[]>(data.rows(project).queryKey, (rows) => rows?.filter((row) => !known.has(row.id)));
    try {
      for (const id of ids) entries.push((await request<{ entry: string }>(urls.photo(project, id), { method: "DELETE" })).entry);
    } finally {
      await refresh(project, "index", "albums");
    }
  };
  try {
    return await perform({ title: `${ids.length === 1 ? "Photo" : photos(ids)} in the trash`, redo: remove, undo: restore });
  } finally {
    // When only some could be removed, those can be brought back.
    if (entries.length > 0 && entries.length < ids.length) remember({ title: `${photos(entries)} in the trash`, redo: remove, undo: restore });
  }
}

/** What a save names: everything, for what is not named stays as it is, and an undo must take back what was not there. */
const named: Record<string, (value: never) => object> = {
  albums: ({ title, description = "", photos, cover = null, order = 0, hidden = false, privacy = "" }: Album) => ({ title, description, photos, cover, order, hidden, privacy }),
  tracks: ({ name, segments, waypoints = [], hidden = false }: Track) => ({ name, segments, waypoints, hidden }),
};

/** Saves an object whole; `former` is what undo puts back. */
export function saveObject<T extends object>(options: { project: string; url: string; part: string; before: T; after: T; title: string; quiet?: boolean }): Promise<boolean> {
  const { project, url, part, title } = options;
  const write = async (value: T) => {
    const { etag: _etag, ...whole } = value as T & { etag?: string };
    const body = named[part]?.(value as never) ?? whole;
    try { await send(url, { method: "PUT", body }); } finally { await refresh(project, part); }
  };
  return perform({ title, redo: () => write(options.after), undo: () => write(options.before) }, { quiet: options.quiet ?? false });
}

/** Moves an object to the trash; undo brings the very same back. */
export function trashObject(options: { project: string; url: string; part: string; title: string }): Promise<boolean> {
  const { project, url, part, title } = options;
  let entry = "";
  return perform({
    title,
    redo: async () => { entry = (await request<{ entry: string }>(url, { method: "DELETE" })).entry; await refresh(project, part); },
    undo: async () => { await request(urls.restoreTrash(project), { body: { entry } }); await refresh(project, part); },
  });
}

/** Makes an object; undo moves it to the trash, redo brings it back from there. */
export function makeObject<T extends { id: string }>(options: { project: string; url: string; body: unknown; of: (id: string) => string; part: string; title: string; onMade?: (made: T) => unknown }): Promise<boolean> {
  const { project, part } = options;
  let made: T | null = null;
  let entry = "";
  return perform({
    title: options.title,
    redo: async () => {
      if (entry) await request(urls.restoreTrash(project), { body: { entry } });
      else {
        const answer = await request<T | { items: T[] }>(options.url, { body: options.body });
        made = ("items" in answer ? answer.items[0] : answer) ?? null;
        if (made) await options.onMade?.(made);
      }
      await refresh(project, part);
    },
    undo: async () => { if (made) entry = (await request<{ entry: string }>(options.of(made.id), { method: "DELETE" })).entry; await refresh(project, part); },
  });
}
