// Albums: made by hand, or proposed by day, town, country, or by what lies close in place and time.
import { send } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Badge, EmptyState, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { Menu } from "@accid/ui/Menu";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, ArrowRight, BookImage, BookPlus, Eye, EyeOff, FolderOpen, PencilLine, Sparkles, Trash2 } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../../shared/abilities.ts";
import { say } from "../../../shared/announce.ts";
import { formatCount } from "../../../shared/format.ts";
import { data, refresh } from "../model/data.ts";
import { saveObject, trashObject } from "../model/edits.ts";
import { search, useGallery, useGalleryStore } from "../model/gallery.ts";
import type { Album } from "@accid/api-client/waypoint";
import { perform } from "../model/undo.ts";
import { AlbumDialog } from "./AlbumDialog.tsx";
import styles from "./Albums.module.css";
import { NewAlbumDialog } from "./NewAlbumDialog.tsx";
import { ProposeDialog } from "./ProposeDialog.tsx";
import { useListDrag } from "../useListDrag.ts";

export function AlbumsView() {
  const gallery = useGalleryStore();
  const project = useGallery((state) => state.project);
  const albums = useQuery(data.albums(project));
  const [dialog, setDialog] = useState<"new" | "propose" | Album | null>(null);
  const all = [...albums.data ?? []].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  const open = (album: Album) => { search(gallery, { album: album.id }); gallery.setState({ view: "photos" }); };
  const move = (from: number, to: number) => {
    const next = [...all];
    next.splice(to, 0, ...next.splice(from, 1));
    const write = async (orders: Map<string, number>) => {
      for (const [id, order] of orders) await send(urls.album(project, id), { method: "PUT", body: { order } });
      await refresh(project, "albums");
    };
    const before = new Map(all.map((album) => [album.id, album.order ?? 0]));
    const after = new Map(next.map((album, index) => [album.id, index]));
    void perform({ title: "Move an album", redo: () => write(after), undo: () => write(before) }, { quiet: true });
    say(`${all[from]?.title ?? ""}: place ${to + 1} of ${all.length}.`);
  };
  const mayEdit = useMay()("edit-photos");
  const drag = useListDrag(mayEdit ? all.length : 0, move);
  const change = (album: Album, after: Album, title: string) => void saveObject({ project, url: urls.album(project, album.id), part: "albums", before: album, after, title });
  const remove = (album: Album) => void trashObject({ project, url: urls.album(project, album.id), part: "albums", title: `Remove the album ${album.title}` });
  const make = <div className={styles["make"]}><Button kind="primary" icon={<Sparkles />} onClick={() => setDialog("propose")}>Group by itself</Button><Button icon={<BookPlus />} onClick={() => setDialog("new")}>New album</Button></div>;
  return (
    <div className={styles["view"]}>
      <div className={styles["head"]}><div><h2>Albums</h2><p>What belongs together, in an order of its own. Albums can be hidden, and can say how exactly their places are published.</p></div>{mayEdit && all.length > 0 && make}</div>
      {albums.error && <ErrorNote error={albums.error} />}
      {albums.isPending && <div className={styles["grid"]} aria-busy="true">{[1, 2, 3].map((key) => <Skeleton key={key} height={220} />)}</div>}
      {albums.data && all.length === 0 && (
        <EmptyState icon={<BookImage />} title="No albums yet" action={mayEdit && make}><p>{mayEdit ? "Let ACCID propose albums by day, by town, by country, or by what lies close in place and time. You see them before they are made." : "Whoever may change this project puts photos together here."}</p></EmptyState>
      )}
      {all.length > 0 && (
        <ul className={styles["grid"]} {...(mayEdit ? drag.list : {})}>
          {all.map((album, index) => {
            const shown = [...new Set([...(album.cover ? [album.cover] : []), ...album.photos])].slice(0, 4);
            return (
              <li key={album.id} className={styles["card"]} data-album={album.id} {...drag.item(index)}>
                <button type="button" className={styles["open"]} aria-label={`Open ${album.title}`} onClick={() => { if (!drag.justEnded()) open(album); }} onKeyDown={(event) => { if (mayEdit) drag.key(event, index); }}>
                  <span className={styles["pictures"]} data-count={Math.min(4, shown.length)}>{shown.map((id) => <img key={id} src={urls.picture(project, id, 320)} alt="" draggable={false} loading="lazy" />)}</span>
                </button>
                <div className={styles["text"]}>
                  <div><h3>{album.title}</h3><p>{formatCount(album.photos.length, "photo")}{album.hidden ? " · hidden" : ""}</p></div>
                  {album.privacy && <Badge>{album.privacy === "town" ? "Towns only" : album.privacy === "hidden" ? "Places hidden" : "Exact places"}</Badge>}
                  {mayEdit && <Menu label={`Actions for ${album.title}`} items={[
                    { title: "Open", icon: <FolderOpen />, run: () => open(album) }, { title: "Change", icon: <PencilLine />, run: () => setDialog(album) },
                    { title: album.hidden ? "Show in what is published" : "Hide from what is published", icon: album.hidden ? <Eye /> : <EyeOff />, run: () => change(album, { ...album, hidden: !album.hidden }, album.hidden ? "Show the album" : "Hide the album") },
                    { title: "Move earlier", icon: <ArrowLeft />, disabled: index === 0, shortcut: "Alt+←", run: () => move(index, index - 1) }, { title: "Move later", icon: <ArrowRight />, disabled: index === all.length - 1, shortcut: "Alt+→", run: () => move(index, index + 1) },
                    { title: "Remove the album", icon: <Trash2 />, danger: true, run: () => remove(album) },
                  ]} />}
                </div>
              </li>
            );
          })}
        </ul>
      )}
      {dialog === "new" && <NewAlbumDialog photos={[]} onClose={() => setDialog(null)} />}
      {dialog === "propose" && <ProposeDialog onClose={() => setDialog(null)} />}
      {dialog !== null && typeof dialog === "object" && <AlbumDialog album={dialog} onClose={() => setDialog(null)} onSave={(after) => change(dialog, after, "Change an album")} />}
    </div>
  );
}
