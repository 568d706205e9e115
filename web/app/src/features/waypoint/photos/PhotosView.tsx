// The photos of a gallery: looked for, chosen, changed, put in order.
import { send } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { EmptyState, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useQuery } from "@tanstack/react-query";
import { Images, SearchX } from "lucide-react";
import { useEffect, useMemo } from "react";
import { useMay } from "../../../shared/abilities.ts";
import { data, refresh, useRows } from "../model/data.ts";
import { saveObject } from "../model/edits.ts";
import { search, select, useGallery, useGalleryStore } from "../model/gallery.ts";
import { noFilter } from "../model/rows.ts";
import { kept } from "../model/selection.ts";
import { perform } from "../model/undo.ts";
import { BringPhotos, type Ways } from "./BringPhotos.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { byDay, PhotoGrid, type Groups } from "./PhotoGrid.tsx";
import styles from "./Photos.module.css";
import { SelectionBar } from "./SelectionBar.tsx";
import { photoActs, useCover } from "./usePhotoActs.ts";
import { reordered } from "./useTileDrag.ts";

export function PhotosView({ ways }: { ways: Ways }) {
  const gallery = useGalleryStore();
  const project = useGallery((state) => state.project);
  const filter = useGallery((state) => state.filter);
  const { rows, shown, ids, isPending, error } = useRows();
  const albums = useQuery(data.albums(project)).data ?? [];
  const album = albums.find((one) => one.id === filter.album);
  const settings = useQuery(data.settings(project)).data;
  const mayEdit = useMay()("edit-photos");
  const cover = useCover(album);
  const known = useMemo(() => new Set(rows.map((row) => row.id)), [rows]);
  useEffect(() => { if (!isPending) select(gallery, (now) => kept(now, known)); }, [gallery, known, isPending]);
  const alike = useQuery({ ...data.alike(project), enabled: filter.alike }).data;
  const alikeGroups = useMemo((): Groups => {
    const of = new Map((alike ?? []).flatMap((group, index) => group.photos.map((id) => [id, `${index}`])));
    return { of: (row) => of.get(row.id) ?? "", title: (group) => (alike?.[Number(group)]?.kind === "burst" ? "Taken in a burst" : "Look alike") };
  }, [alike]);
  const chooseExtras = () => { const extras = (alike ?? []).flatMap((group) => group.photos.slice(1)); select(gallery, () => ({ chosen: new Set(extras), at: extras[0] ?? null, from: null })); };
  const isOrdered = (settings?.order ?? []).length > 0;
  const reorderAll = (moving: string[], before: string | null) => {
    const from = settings?.order ?? [];
    const to = reordered(rows.map((row) => row.id), moving, before);
    const write = async (order: string[]) => { await send(urls.photoOrder(project), { method: "PUT", body: { ids: order } }); await refresh(project, "index", "settings"); };
    void perform({ title: "Move in the order", redo: () => write(to), undo: () => write(from) });
  };
  const order = (byHand: boolean) => {
    if (!settings) return;
    if (byHand) void perform({
      title: "Order by hand",
      redo: async () => { await send(urls.photoOrder(project), { method: "PUT", body: { ids: rows.map((row) => row.id) } }); await refresh(project, "index", "settings"); },
      undo: async () => { const { etag: _etag, ...body } = settings; await send(urls.gallerySettings(project), { method: "PUT", body: { ...body, order: [] } }); await refresh(project, "index", "settings"); },
    });
    else void saveObject({ project, url: urls.gallerySettings(project), part: "settings", before: settings, after: { ...settings, order: [] }, title: "Order by time" }).then(() => refresh(project, "index"));
  };
  const reorderAlbum = (moving: string[], before: string | null) => {
    if (album) void saveObject({ project, url: urls.album(project, album.id), part: "albums", before: album, after: { ...album, photos: reordered(album.photos, moving, before) }, title: `Move in ${album.title}` });
  };
  const reorder = !mayEdit ? undefined : album ? reorderAlbum : isOrdered ? reorderAll : undefined;
  if (error) return <div className={styles["note"]}><ErrorNote error={error} action={<Button onClick={() => void refresh(project, "index")}>Try again</Button>} /></div>;
  if (isPending) return <div className={styles["waiting"]} aria-busy="true" role="status" aria-label="Looking for your photos">{[1, 2, 3].map((key) => <Skeleton key={key} height={180} />)}</div>;
  if (rows.length === 0) {
    return (
      <div className={styles["empty"]}>
        {mayEdit ? <EmptyState icon={<Images />} title="Drop your holiday here" action={<BringPhotos primary {...ways} />}>
          <p>Drop photos or whole folders anywhere in this window. ACCID reads when and where each was taken, puts them in order and on the map, and begins a story with a chapter for each day.</p>
          <p>Originals are never changed, and nothing leaves this machine. JPEG, HEIC, PNG, WebP, AVIF, TIFF, GIF and the previews of RAW files are read; GPX, KML and GeoJSON become routes.</p>
        </EmptyState> : <EmptyState icon={<Images />} title="No photos yet"><p>Whoever may change this project brings photos in; they appear here by themselves.</p></EmptyState>}
      </div>
    );
  }
  const groups = filter.alike ? alikeGroups : album || isOrdered ? null : byDay;
  const acts = { ...photoActs(gallery), cover, ...(reorder ? { reorder } : {}) };
  return (
    <div className={styles["photos"]}>
      <FilterBar rows={rows} count={shown.length} ordered={isOrdered} onOrder={mayEdit ? order : null} add={mayEdit && <BringPhotos primary={false} {...ways} />} />
      {album && <div className={styles["albumBar"]}><h2>{album.title}</h2>{album.description && <p>{album.description}</p>}<Button kind="ghost" onClick={() => search(gallery, { album: "" })}>Leave the album</Button></div>}
      {filter.alike && shown.length > 0 && <div className={styles["albumBar"]}><h2>Look-alikes and bursts</h2><p>The one to keep comes first in each.</p>{mayEdit && <Button onClick={chooseExtras}>Choose all but the first of each</Button>}</div>}
      {shown.length > 0
        ? <PhotoGrid key={`${filter.album} ${filter.alike}`} shown={shown} ids={ids} groups={groups} cover={album ? album.cover ?? album.photos[0] ?? null : null} acts={acts} />
        : <EmptyState icon={<SearchX />} title="No photo fits" action={<Button onClick={() => gallery.setState({ filter: noFilter })}>Show all photos</Button>}><p>{filter.alike ? "No two photos look alike, and none were taken in a burst." : album ? "The album is empty, or nothing in it fits. Choose photos and add them with the book in the bar below." : "Try fewer filters, or another word."}</p></EmptyState>}
      {mayEdit && <SelectionBar rows={shown} albums={albums} album={album} onCover={cover} />}
    </div>
  );
}
