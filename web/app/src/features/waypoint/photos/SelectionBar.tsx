// What can be done with the chosen photos.
import { urls } from "@accid/api-client/urls";
import { Button, IconButton } from "@accid/ui/Button";
import { Menu, type MenuItem } from "@accid/ui/Menu";
import { BookImage, BookPlus, Eye, EyeOff, Image, PencilLine, Star, Trash2, X } from "lucide-react";
import { useState } from "react";
import { formatCount } from "../../../shared/format.ts";
import { saveObject } from "../model/edits.ts";
import { select, useGallery, useGalleryStore } from "../model/gallery.ts";
import type { Row } from "../model/rows.ts";
import { nothing } from "../model/selection.ts";
import type { Album } from "@accid/api-client/waypoint";
import { NewAlbumDialog } from "../albums/NewAlbumDialog.tsx";
import { BulkDialog } from "./BulkDialog.tsx";
import styles from "./Photos.module.css";
import { photoActs } from "./usePhotoActs.ts";

interface Props { rows: Row[]; albums: Album[]; album: Album | undefined; onCover: () => void }

export function SelectionBar({ rows, albums, album, onCover }: Props) {
  const gallery = useGalleryStore();
  const project = useGallery((state) => state.project);
  const chosen = useGallery((state) => state.selection.chosen);
  const [dialog, setDialog] = useState<"edit" | "album" | null>(null);
  if (chosen.size === 0) return null;
  const ids = [...chosen];
  const acts = photoActs(gallery);
  const isHidden = rows.every((row) => !chosen.has(row.id) || row.hidden);
  const addTo = (to: Album) => void saveObject({ project, url: urls.album(project, to.id), part: "albums", before: to, after: { ...to, photos: [...new Set([...to.photos, ...ids])] }, title: `Add ${formatCount(ids.length, "photo")} to ${to.title}` });
  const inOrder = () => rows.filter((row) => chosen.has(row.id)).map((row) => row.id);
  const albumItems: MenuItem[] = [
    { title: "New album…", icon: <BookPlus />, run: () => setDialog("album") },
    ...albums.filter((one) => one.id !== album?.id).map((one) => ({ title: one.title, icon: <BookImage />, run: () => addTo(one) })),
    ...(album ? [{ title: `Take out of ${album.title}`, icon: <X />, run: () => void saveObject({ project, url: urls.album(project, album.id), part: "albums", before: album, after: { ...album, photos: album.photos.filter((id) => !chosen.has(id)) }, title: `Take ${formatCount(ids.length, "photo")} out of ${album.title}` }) }] : []),
  ];
  return (
    <div className={styles["selection"]} role="toolbar" aria-label="Chosen photos">
      <strong>{formatCount(ids.length, "photo")}</strong>
      <div role="group" aria-label="Rating" className={styles["stars"]}>
        {[1, 2, 3, 4, 5].map((stars) => <IconButton key={stars} label={`${stars} of 5 stars`} shortcut={String(stars)} onClick={() => acts.rate(stars)}><Star /></IconButton>)}
      </div>
      <Button icon={<PencilLine />} onClick={() => setDialog("edit")}>Change</Button>
      <Menu label="Albums" icon={<BookImage />} items={albumItems} />
      <IconButton label={isHidden ? "Show in what is published" : "Hide from what is published"} shortcut="h" onClick={acts.hide}>{isHidden ? <Eye /> : <EyeOff />}</IconButton>
      {album && ids.length === 1 && <IconButton label={`Make it the cover of ${album.title}`} shortcut="c" onClick={onCover}><Image /></IconButton>}
      <IconButton label="Move to trash" shortcut="Del" onClick={acts.trash}><Trash2 /></IconButton>
      <IconButton label="Choose nothing" shortcut="Esc" onClick={() => select(gallery, (now) => ({ ...nothing, at: now.at }))}><X /></IconButton>
      {dialog === "edit" && <BulkDialog ids={ids} onClose={() => setDialog(null)} />}
      {dialog === "album" && <NewAlbumDialog photos={inOrder()} onClose={() => setDialog(null)} />}
    </div>
  );
}
