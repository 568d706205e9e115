// Pictures on their way into the project: each with its progress, each to be cancelled.
import { send } from "@accid/api-client/client";
import { uploadFile } from "@accid/api-client/upload";
import type { Photo, Upload } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { useEffect, useRef, useState } from "react";
import { say } from "../../../shared/announce.ts";
import { queries, queryClient } from "../../../shared/queries.ts";

export interface Sending { id: number; name: string; sent: number; total: number; state: "waiting" | "sending" | "working" | "leaving" | "done" | "failed"; problem?: string }

const atOnce = 2;
let counter = 0;

/** `onAll` gets the photos of one choice of files when the last of them is in or has failed. */
export function useUploads(project: string, onAll: (photos: Photo[], chosen: number) => void) {
  const [sendings, setSendings] = useState<Sending[]>([]);
  const controllers = useRef(new Map<number, AbortController>());
  const arrived = useRef(new Set<number>());
  const leaving = useRef(new Set<number>());
  const change = (id: number, next: Partial<Sending>) => setSendings((all) => all.map((one) => (one.id === id ? { ...one, ...next } : one)));
  const remove = (id: number) => setSendings((all) => all.filter((one) => one.id !== id));
  useEffect(() => { const all = controllers.current; return () => all.forEach((controller) => controller.abort()); }, []);

  const sendOne = async (id: number, file: File): Promise<Photo[]> => {
    const controller = controllers.current.get(id);
    if (!controller || controller.signal.aborted) return [];
    change(id, { state: "sending" });
    try {
      const { items, refused } = await uploadFile<Upload>(urls.uploadPhotos(project), file, {
        signal: controller.signal,
        onProgress: (sent, total) => { if (sent >= total) arrived.current.add(id); change(id, { sent, total, state: sent >= total ? "working" : "sending" }); },
      });
      if (leaving.current.has(id)) {
        // It had arrived before it was cancelled: what became of it is taken away again.
        await Promise.all(items.map((photo) => send(urls.photo(project, photo.id), { method: "DELETE" })));
        remove(id);
        await queryClient.invalidateQueries({ queryKey: queries.photos(project).queryKey });
        return [];
      }
      if (refused[0]) change(id, { state: "failed", problem: refused[0].reason });
      else change(id, { state: "done" });
      await queryClient.invalidateQueries({ queryKey: queries.photos(project).queryKey });
      return items;
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") remove(id);
      else change(id, { state: "failed", problem: error instanceof Error ? error.message : String(error) });
      return [];
    } finally {
      controllers.current.delete(id);
    }
  };
  const start = (files: File[]) => {
    const queue = files.map((file) => ({ id: ++counter, file }));
    queue.forEach(({ id }) => controllers.current.set(id, new AbortController()));
    // Before the queue is worked off: what React is given here it may call later.
    const added = queue.map(({ id, file }): Sending => ({ id, name: file.name, sent: 0, total: file.size, state: "waiting" }));
    setSendings((all) => [...all.filter((one) => one.state !== "done" && one.state !== "failed"), ...added]);
    const photos: Photo[] = [];
    const work = async () => { for (let next = queue.shift(); next; next = queue.shift()) photos.push(...await sendOne(next.id, next.file)); };
    void Promise.all(Array.from({ length: Math.min(atOnce, files.length) }, work)).then(() => onAll(photos, files.length));
  };
  const cancel = ({ id, name, state }: Sending) => {
    if (arrived.current.has(id) && controllers.current.has(id)) {
      leaving.current.add(id);
      change(id, { state: "leaving" });
    } else {
      controllers.current.get(id)?.abort();
      if (state !== "sending") remove(id);
    }
    say(`${name} was left out.`);
  };
  return { sendings, start, cancel };
}
