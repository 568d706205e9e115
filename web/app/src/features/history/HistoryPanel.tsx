// The Time Machine: versions by day and on a line of time; one of them rendered beside today's page; brought back with
// one click.
import { list as readList, request } from "@accid/api-client/client";
import type { List, Project, Restored, Version } from "@accid/api-client/types";
import type { Story } from "@accid/api-client/waypoint";
import { urls } from "@accid/api-client/urls";
import { Button, IconButton } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { EmptyState, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Camera, ChevronDown, History, SlidersHorizontal } from "lucide-react";
import { useEffect, useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { toast, toastError } from "../../shared/announce.ts";
import { formatDay, formatTime } from "../../shared/format.ts";
import { queries, refreshProjects } from "../../shared/queries.ts";
import { Compare, type Shown } from "./Compare.tsx";
import styles from "./History.module.css";
import { KeepingDialog } from "./KeepingDialog.tsx";
import { MarkDialog } from "./MarkDialog.tsx";
import { Scrubber } from "./Scrubber.tsx";
import { SnapshotDialog } from "./SnapshotDialog.tsx";
import { placeOf, type Chosen } from "./timeline.ts";
import { useVersions } from "./useVersions.ts";
import { describe, VersionList } from "./VersionList.tsx";
import { bodyOf, restoredWords, undoing, type Wanted } from "./wanted.ts";

interface Props { project: Project; pageId: string; path: string; onRestored: () => Promise<void>; onClose: () => void }
type Asking = "name" | "keeping" | { mark: Version } | null;

const none: Shown[] = [];
/** While somebody scrubs, pages are not rendered for every point on the way. */
const restMilliseconds = 220;

/** The same value, once it has rested. */
function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMilliseconds);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

/** Brings something back, with a way to undo it. */
function useRestore(project: string, onRestored: () => Promise<void>, onClose: () => void) {
  const bringBack = async (version: string, wanted: Wanted) => {
    const url = wanted.what === "file" ? urls.restoreFile(project) : urls.restoreVersion(project);
    const restored = await request<Restored>(url, { body: bodyOf(version, wanted) });
    refreshProjects();
    await onRestored();
    return restored;
  };
  return useMutation({
    mutationFn: async ({ version, wanted }: { version: Version; wanted: Wanted }) => {
      // Today's state is the newest version; restoring it undoes the restore.
      const before = (await request<List<Version>>(urls.versionWindow(project, 1, 1))).items[0];
      return { restored: await bringBack(version.id, wanted), before, wanted };
    },
    onSuccess: ({ restored, before, wanted }) => {
      onClose();
      if (!restored.change) { toast("Nothing differed: it is already as it was then."); return; }
      const undo = () => { if (before) void bringBack(before.id, undoing(wanted)).then(() => toast("The restore was undone.", { tone: "success" })).catch(toastError); };
      toast(restoredWords(wanted), { tone: "success", ...(before ? { action: { title: "Undo", run: undo } } : {}) });
    },
  });
}

export function HistoryPanel({ project, pageId, path, onRestored, onClose }: Props) {
  const timeline = useQuery({ ...queries.timeline(project.slug), staleTime: 0 });
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [asking, setAsking] = useState<Asking>(null);
  // On a narrow screen the list is folded away behind the chosen version.
  const [picking, setPicking] = useState(false);
  const may = useMay();
  const moments = timeline.data?.moments ?? [];
  const place = placeOf(moments, chosen);
  const rested = useRested(place);
  const versionAt = useVersions(project.slug, moments, rested, rested);
  const shown = moments.length > 0 ? versionAt(rested) : undefined;
  const isGallery = project.type === "gallery";
  const ofSite = useQuery({ ...queries.pages(project.slug), enabled: !isGallery }).data;
  const stories = useQuery({ queryKey: ["gallery", project.slug, "stories", "history"], enabled: isGallery, staleTime: 0, queryFn: () => readList<Story & { path: string }>(urls.stories(project.slug)) });
  const pages: Shown[] = (isGallery ? stories.data : ofSite) ?? none;
  const first = isGallery ? pages[0] : undefined;
  const restore = useRestore(project.slug, onRestored, onClose);
  const choose = (next: number) => setChosen({ place: next, at: moments[next] ?? 0 });
  return (
    <Dialog title="History" size="full" onClose={onClose}>
      <div className={styles["layout"]}>
        {timeline.data && moments.length > 1 && <Scrubber timeline={timeline.data} place={place} onPlace={choose} />}
        {shown && (
          <button type="button" className={styles["pick"]} aria-expanded={picking} onClick={() => setPicking(!picking)}>
            <span><strong>{describe(shown)}</strong><small>{formatDay(shown.at)}, {formatTime(shown.at)}</small></span><ChevronDown aria-hidden="true" />
          </button>
        )}
        <section className={styles["versions"]} aria-label="Versions" data-open={picking || moments.length === 0}>
          <div className={styles["tools"]}>
            {may("name-version") && <Button icon={<Camera />} onClick={() => setAsking("name")}>Keep a named version</Button>}
            <IconButton label="Keeping the history" onClick={() => setAsking("keeping")}><SlidersHorizontal /></IconButton>
          </div>
          {timeline.error && <ErrorNote error={timeline.error} />}
          {timeline.isPending && <Skeleton height={180} />}
          {timeline.data && moments.length === 0 && <EmptyState icon={<History />} title="No versions yet"><p>Every change is kept here by itself. Change something, and come back.</p></EmptyState>}
          {moments.length > 0 && <VersionList project={project.slug} moments={moments} chosen={place} onChoose={(next) => { choose(next); setPicking(false); }} />}
        </section>
        {shown && !(isGallery && stories.isPending)
          ? <Compare key={shown.id} project={project.slug} pages={pages} isGallery={isGallery} page={first?.id ?? pageId} path={first?.path ?? path} version={shown} isNewest={rested === 0} isOnly={moments.length === 1} busy={restore.isPending} error={restore.error}
              onMark={() => setAsking({ mark: shown })} onRestore={(wanted) => restore.mutate({ version: shown, wanted })} />
          : moments.length > 0 && <Skeleton height={320} />}
      </div>
      {asking === "name" && <SnapshotDialog project={project.slug} onClose={() => setAsking(null)} />}
      {typeof asking === "object" && asking && <MarkDialog project={project.slug} version={asking.mark} onClose={() => setAsking(null)} />}
      {asking === "keeping" && <KeepingDialog project={project.slug} onClose={() => setAsking(null)} />}
    </Dialog>
  );
}
