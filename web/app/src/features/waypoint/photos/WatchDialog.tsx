// Folders of this machine whose new photos come in by themselves.
import { request, send } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { Button, IconButton } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { FolderSync, Trash2 } from "lucide-react";
import { useId, useState } from "react";
import { formatCount } from "../../../shared/format.ts";
import { data, refresh } from "../model/data.ts";
import { useGallery } from "../model/gallery.ts";
import type { Watched } from "@accid/api-client/waypoint";
import { perform } from "../model/undo.ts";
import styles from "./Photos.module.css";

export function WatchDialog({ onClose }: { onClose: () => void }) {
  const form = useId();
  const project = useGallery((state) => state.project);
  const watched = useQuery(data.watched(project));
  const [path, setPath] = useState("");
  const begin = (folder: string) => request<Watched>(urls.watched(project), { body: { path: folder } });
  const end = (folder: string) => send(urls.unwatch(project, folder), { method: "DELETE" });
  const add = useMutation({ mutationFn: () => begin(path.trim()), onSuccess: () => { setPath(""); void refresh(project, "watched", "index"); } });
  const remove = (folder: string) => void perform({
    title: `Stop watching ${folder}`, redo: async () => { await end(folder); await refresh(project, "watched"); }, undo: async () => { await begin(folder); await refresh(project, "watched"); },
  });
  return (
    <Dialog title="Watched folders" size="medium" onClose={onClose} footer={<Button onClick={onClose}>Done</Button>}>
      <p>Photos that are put into a watched folder of this machine come into the gallery by themselves, while ACCID runs. The folder itself is never changed.</p>
      {watched.error && <ErrorNote error={watched.error} />}
      {watched.data && watched.data.length > 0 && (
        <ul className={styles["watched"]} aria-label="Watched folders">
          {watched.data.map((one) => <li key={one.path}><FolderSync aria-hidden="true" /><span><code>{one.path}</code><small>{one.found === false ? "It is not there just now." : one.taken ? `${formatCount(one.taken, "photo")} taken in from it.` : "Nothing new in it."}{one.refused && one.refused.length > 0 ? ` ${formatCount(one.refused.length, "file")} could not be taken: ${one.refused[0]?.name ?? ""}. ${one.refused[0]?.reason ?? ""}` : ""}</small></span><IconButton label={`Stop watching ${one.path}`} onClick={() => remove(one.path)}><Trash2 /></IconButton></li>)}
        </ul>
      )}
      <form id={form} className={styles["watchForm"]} onSubmit={(event) => { event.preventDefault(); if (path.trim()) add.mutate(); }}>
        <TextField label="Folder to watch" autoFocus placeholder="/home/ada/Pictures/Grenadines" value={path} onChange={(event) => setPath(event.target.value)} help="A full path on this machine. What is in it now comes in at once." error={add.error instanceof Error ? add.error.message : undefined} />
        <Button kind="primary" type="submit" busy={add.isPending} disabled={!path.trim()}>Watch it</Button>
      </form>
    </Dialog>
  );
}
