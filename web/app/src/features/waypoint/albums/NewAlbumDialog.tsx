// Makes an album of some photos.
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { TextField } from "@accid/ui/Field";
import { useId, useState } from "react";
import { formatCount } from "../../../shared/format.ts";
import { makeObject } from "../model/edits.ts";
import { useGallery } from "../model/gallery.ts";

export function NewAlbumDialog({ photos, onClose }: { photos: string[]; onClose: () => void }) {
  const form = useId();
  const project = useGallery((state) => state.project);
  const [title, setTitle] = useState("");
  const make = () => {
    onClose();
    void makeObject({ project, url: urls.albums(project), body: { title: title.trim(), photos }, of: (id) => urls.album(project, id), part: "albums", title: `Make the album ${title.trim()}` });
  };
  return (
    <Dialog title="New album" onClose={onClose} footer={<><Button onClick={onClose}>Cancel</Button><Button kind="primary" type="submit" form={form} disabled={!title.trim()}>Make it</Button></>}>
      <form id={form} onSubmit={(event) => { event.preventDefault(); if (title.trim()) make(); }}>
        <TextField label="Name of the album" autoFocus required placeholder="Tobago Cays" value={title} onChange={(event) => setTitle(event.target.value)} help={photos.length > 0 ? `With ${formatCount(photos.length, "photo")}.` : "Photos are added from the grid."} />
      </form>
    </Dialog>
  );
}
