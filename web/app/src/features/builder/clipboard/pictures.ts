// Pictures that pasted modules show and that belong to another project: their originals come along, with what is said of
// them.
import { request } from "@accid/api-client/client";
import type { Photo, Upload } from "@accid/api-client/types";
import { uploadFile } from "@accid/api-client/upload";
import { urls } from "@accid/api-client/urls";

const atOnce = 2;

/** What a person said of a picture, and what goes with it. */
function toldOf(photo: Photo): Record<string, unknown> {
  const { alt, caption, decorative, focus, translations } = photo;
  return { ...(alt ? { alt } : {}), ...(caption ? { caption } : {}), ...(decorative ? { decorative } : {}), ...(focus ? { focus } : {}), ...(translations ? { translations } : {}) };
}

async function bringOne(from: string, id: string, into: string, signal: AbortSignal): Promise<string | null> {
  const photo = await request<Photo>(urls.photo(from, id), { signal });
  const original = await fetch(urls.originalPhoto(from, id), { signal });
  if (!original.ok) return null;
  const bytes = await original.blob();
  const { items } = await uploadFile<Upload>(urls.uploadPhotos(into), new File([bytes], photo.filename, { type: bytes.type }), { signal });
  const [added] = items;
  if (!added) return null;
  const told = toldOf(photo);
  // One that was there before keeps what is said of it there.
  const isNew = !added.alt && !added.caption;
  if (isNew && Object.keys(told).length > 0) await request(urls.photo(into, added.id), { method: "PUT", body: told, ifMatch: added.etag, signal });
  return added.id;
}

/**
 * Copies pictures from one project into another, two at a time. The answer has the new id of each that came along; those
 * that are gone, or that were still to come when it was stopped, are not in it.
 */
export async function bringAlong(from: string, ids: readonly string[], into: string, signal: AbortSignal): Promise<Map<string, string>> {
  const brought = new Map<string, string>();
  const queue = [...ids];
  const work = async () => {
    for (let id = queue.shift(); id !== undefined && !signal.aborted; id = queue.shift()) {
      const fresh = await bringOne(from, id, into, signal).catch(() => null);
      if (fresh) brought.set(id, fresh);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, ids.length) }, work));
  return brought;
}
