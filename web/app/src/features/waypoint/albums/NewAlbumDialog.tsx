// Makes an album of some photos.
import { request, send } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { TextField } from "@accid/ui/Field";
import { useId, useState } from "react";
import { formatCount } from "../../../shared/format.ts";
import { refresh } from "../model/data.ts";
import { useGallery } from "../model/gallery.ts";
import type { Album } from "../model/types.ts";
import { perform } from "../model/undo.ts";

export function NewAlbumDialog({ photos, onClose }: { photos: string[]; onClose: () => void }) {
  const form = useId();
  const project = useGallery((state) => state.project);
  const [title, setTitle] = useState("");
  const make = () => {
    onClose();
    let made: Album | null = null;
    void perform({
      title: `Make the album ${title.trim()}`,
      redo: async () => { made = await request<Album>(urls.albums(project), { body: { title: title.trim(), photos } }); await refresh(project, "albums"); },
      undo: async () => { if (made) await send(urls.album(project, made.id), { method: "DELETE" }); await refresh(project, "albums"); },
    });
  };
  return (
    <Dialog title="New album" onClose={onClose} footer={<><Button onClick={onClose}>Cancel</Button><Button kind="primary" type="submit" form={form} disabled={!title.trim()}>Make it</Button></>}>
      <form id={form} onSubmit={(event) => { event.preventDefault(); if (title.trim()) make(); }}>
        <TextField label="Name of the album" autoFocus required placeholder="Tobago Cays" value={title} onChange={(event) => setTitle(event.target.value)} help={photos.length > 0 ? `With ${formatCount(photos.length, "photo")}.` : "Photos are added from the grid."} />
      </form>
    </Dialog>
  );
}
