// What an album is called, and how exactly its places are published.
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { SelectField, SwitchField, TextArea, TextField } from "@accid/ui/Field";
import { useId, useState } from "react";
import type { Album, Privacy } from "@accid/api-client/waypoint";
import styles from "./Albums.module.css";

export function AlbumDialog({ album, onSave, onClose }: { album: Album; onSave: (album: Album) => void; onClose: () => void }) {
  const form = useId();
  const [now, setNow] = useState(album);
  const set = (part: Partial<Album>) => setNow((one) => ({ ...one, ...part }));
  return (
    <Dialog title="Album" onClose={onClose} footer={<><Button onClick={onClose}>Cancel</Button><Button kind="primary" type="submit" form={form} disabled={!now.title.trim()}>Save</Button></>}>
      <form id={form} className={styles["form"]} onSubmit={(event) => { event.preventDefault(); if (now.title.trim()) { onClose(); onSave({ ...now, title: now.title.trim() }); } }}>
        <TextField label="Name" autoFocus required value={now.title} onChange={(event) => set({ title: event.target.value })} />
        <TextArea label="A few words about it" value={now.description ?? ""} onChange={(event) => set({ description: event.target.value })} />
        <SwitchField label="Hidden" help="Its photos are in no story and in no export." checked={now.hidden ?? false} onChange={(hidden) => set({ hidden })} />
        <SelectField label="Places of its photos in what is published" value={now.privacy ?? ""} onChange={(event) => set({ privacy: event.target.value as Privacy })} options={[
          { value: "", title: "As the project says" }, { value: "exact", title: "Exact" }, { value: "town", title: "Only the town" }, { value: "hidden", title: "Hidden" }]} />
      </form>
    </Dialog>
  );
}
