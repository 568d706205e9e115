// Waypoint: the photos of a project, on a map, in albums, and told as a story.
import { request } from "@accid/api-client/client";
import type { Project } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Dialog } from "@accid/ui/Dialog";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import { useMay } from "../../shared/abilities.ts";
import { useDropbox } from "../../shared/cloud/useDropbox.ts";
import { registerCommands } from "../../shared/commands.ts";
import { say, toast, toastError } from "../../shared/announce.ts";
import { formatCount } from "../../shared/format.ts";
import { navigate, paths } from "../../shared/router.tsx";
import { DetailsPanel } from "./details/DetailsPanel.tsx";
import { Stage } from "./details/Stage.tsx";
import { data, followGallery, refresh, useRows } from "./model/data.ts";
import { dropped, hasFiles, sorted, type Sorted } from "./model/files.ts";
import { createGallery, GalleryContext, useGallery, useGalleryStore, type Gallery, type ViewName } from "./model/gallery.ts";
import type { Track } from "@accid/api-client/waypoint";
import { forgetSteps, perform } from "./model/undo.ts";
import { startUploads } from "./model/uploads.ts";
import { BringPhotos } from "./photos/BringPhotos.tsx";
import { PhotosView } from "./photos/PhotosView.tsx";
import { UploadPanel } from "./photos/UploadPanel.tsx";
import { WatchDialog } from "./photos/WatchDialog.tsx";
import { TopBar } from "./TopBar.tsx";
import { waypointCommands } from "./waypointCommands.ts";
import styles from "./Waypoint.module.css";

const MapView = lazy(() => import("./map/MapView.tsx").then((module) => ({ default: module.MapView })));
const AlbumsView = lazy(() => import("./albums/AlbumsView.tsx").then((module) => ({ default: module.AlbumsView })));
const StoryView = lazy(() => import("./story/StoryView.tsx").then((module) => ({ default: module.StoryView })));
const PrivacyDialog = lazy(() => import("./story/PrivacyDialog.tsx").then((module) => ({ default: module.PrivacyDialog })));
const DropboxDialog = lazy(() => import("../../shared/cloud/DropboxDialog.tsx").then((module) => ({ default: module.DropboxDialog })));
const ByTimeDialog = lazy(() => import("./map/ByTimeDialog.tsx").then((module) => ({ default: module.ByTimeDialog })));

/** Brings routes in; undo takes them away again. */
function bringRoutes(project: string, files: readonly File[]) {
  if (files.length === 0) return;
  const made: Track[] = [];
  let entries: string[] = [];
  void perform({
    title: `Bring ${formatCount(files.length, "route")}`,
    redo: async () => {
      if (entries.length > 0) { for (const entry of entries) await request(urls.restoreTrash(project), { body: { entry } }); await refresh(project, "tracks"); return; }
      for (const file of files) {
        const form = new FormData();
        form.append("files", file);
        const answer = await request<Track | { items: Track[]; refused?: { name: string; reason: string }[] }>(urls.tracks(project), { form });
        made.push(..."items" in answer ? answer.items : [answer]);
        if ("refused" in answer) answer.refused?.forEach((one) => toast(`${one.name}: ${one.reason}`, { tone: "error" }));
      }
      await refresh(project, "tracks");
    },
    undo: async () => { entries = []; for (const track of made) entries.push((await request<{ entry: string }>(urls.track(project, track.id), { method: "DELETE" })).entry); await refresh(project, "tracks"); },
  });
}

type Open = "watch" | "dropbox" | "privacy" | "time" | null;
const wide = "(min-width: 1100px)";
function useWide(): boolean {
  const [isWide, setWide] = useState(() => matchMedia(wide).matches);
  useEffect(() => {
    const query = matchMedia(wide);
    const look = () => setWide(query.matches);
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, []);
  return isWide;
}

function Inside({ project, actions }: { project: Project; actions: ReactNode }) {
  const gallery = useGalleryStore();
  const view = useGallery((state) => state.view);
  const stage = useGallery((state) => state.stage);
  const details = useGallery((state) => state.details);
  const { rows, ids } = useRows();
  const isWide = useWide();
  const [open, setOpen] = useState<Open>(null);
  const [over, setOver] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const slug = project.slug;
  const mayEdit = useMay()("edit-photos");
  const show = (next: ViewName) => gallery.setState({ view: next, stage: null });
  const take = (files: Sorted) => { startUploads(slug, files.photos); bringRoutes(slug, files.routes); };
  const hasDropbox = useDropbox(slug);
  // The button of an empty gallery is gone when photos came in meanwhile.
  const leaveDropbox = () => {
    setOpen(null);
    requestAnimationFrame(() => { if (document.activeElement === document.body) document.querySelector<HTMLElement>("#content [data-grid]")?.focus(); });
  };
  const ways = { onFiles: take, onWatch: () => setOpen("watch"), onDropbox: hasDropbox ? () => setOpen("dropbox") : undefined };
  useEffect(() => registerCommands("waypoint", waypointCommands(gallery, { details: () => (matchMedia(wide).matches ? gallery.setState((state) => ({ details: !state.details })) : setDrawer(true)), open: setOpen })), [gallery]);
  useEffect(() => {
    if (!mayEdit) return;
    let depth = 0;
    const enter = (event: DragEvent) => { if (hasFiles(event.dataTransfer)) { event.preventDefault(); depth += 1; setOver(true); } };
    const stay = (event: DragEvent) => { if (hasFiles(event.dataTransfer)) event.preventDefault(); };
    const leave = (event: DragEvent) => { if (hasFiles(event.dataTransfer)) { depth = Math.max(0, depth - 1); if (depth === 0) setOver(false); } };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer || !hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      void dropped(event.dataTransfer).then((files) => {
        const found = sorted(files);
        if (found.photos.length + found.routes.length === 0) { say("There was no file in it."); return; }
        startUploads(slug, found.photos);
        bringRoutes(slug, found.routes);
      }).catch(toastError);
    };
    const listeners = { dragenter: enter, dragover: stay, dragleave: leave, drop } as const;
    for (const [name, listener] of Object.entries(listeners)) window.addEventListener(name, listener as EventListener);
    return () => { for (const [name, listener] of Object.entries(listeners)) window.removeEventListener(name, listener as EventListener); };
  }, [slug, mayEdit]);
  const panel = view === "photos" || view === "map" ? <DetailsPanel rows={rows} /> : null;
  const beside = panel && details && isWide && rows.length > 0;
  return (
    <div className={styles["waypoint"]}>
      <TopBar project={project} view={view} onView={show} details={panel !== null && rows.length > 0} detailsShown={Boolean(beside) || drawer} onDetails={() => (isWide ? gallery.setState({ details: !details }) : setDrawer(true))} actions={actions} mayEdit={mayEdit}
        add={mayEdit && view === "photos" && rows.length > 0 ? <BringPhotos primary={false} {...ways} /> : null} />
      <UploadPanel />
      <div className={styles["body"]} data-beside={Boolean(beside)}>
        <main id="content" className={styles["main"]} aria-label={{ photos: "Photos", map: "Map", albums: "Albums", story: "Story" }[view]}>
          <Suspense fallback={<div aria-busy="true" className={styles["busy"]} />}>
            {view === "photos" && <PhotosView ways={ways} />}
            {view === "map" && <MapView onRoutes={(files) => bringRoutes(slug, files)} onByTime={() => setOpen("time")} onStory={() => show("story")} />}
            {view === "albums" && <AlbumsView />}
            {view === "story" && <StoryView onPrivacy={() => setOpen("privacy")} />}
          </Suspense>
          {stage && <Stage key="stage" photo={stage} ids={ids.includes(stage) ? ids : rows.map((row) => row.id)} />}
        </main>
        {beside && <aside className={styles["side"]} aria-label="Details">{panel}</aside>}
      </div>
      {drawer && !isWide && panel && <Dialog title="Details" side="right" onClose={() => setDrawer(false)}><div data-commands-work="">{panel}</div></Dialog>}
      {over && <div className={styles["drop"]} aria-hidden="true"><p>Drop photos, folders or routes</p></div>}
      <Suspense fallback={null}>
        {open === "watch" && <WatchDialog onClose={() => setOpen(null)} />}
        {open === "dropbox" && <DropboxDialog project={slug} onEnd={() => void refresh(slug, "index", "albums")} onClose={leaveDropbox} />}
        {open === "privacy" && <PrivacyDialog onClose={() => setOpen(null)} />}
        {open === "time" && <ByTimeDialog onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}

export function Waypoint({ project, view, actions }: { project: Project; view: ViewName; actions: ReactNode }) {
  const [gallery] = useState<Gallery>(() => createGallery(project.slug, view));
  useEffect(() => { const stop = followGallery(project.slug, project.id); return () => { stop(); forgetSteps(); }; }, [project.slug, project.id]);
  useQuery(data.rows(project.slug));
  // The view is part of the address, so that it can be kept and gone back to.
  useEffect(() => { gallery.setState({ view, stage: null }); }, [gallery, view]);
  useEffect(() => gallery.subscribe((state, before) => { if (state.view !== before.view) navigate(paths.builder(project.slug, state.view === "photos" ? undefined : state.view)); }), [gallery, project.slug]);
  return <GalleryContext value={gallery}><Inside project={project} actions={actions} /></GalleryContext>;
}
