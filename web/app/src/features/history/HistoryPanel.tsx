// The Time Machine: versions by day; one of them rendered beside today's page; brought back with one click.
import { list as readList, request } from "@accid/api-client/client";
import type { Project, Restored, Version } from "@accid/api-client/types";
import type { Story } from "@accid/api-client/waypoint";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { EmptyState, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Camera, ChevronDown, History } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { toast, toastError } from "../../shared/announce.ts";
import { formatDay, formatTime } from "../../shared/format.ts";
import { queries, queryClient, refreshProjects } from "../../shared/queries.ts";
import { Compare, type Shown, type Wanted } from "./Compare.tsx";
import styles from "./History.module.css";
import { SnapshotDialog } from "./SnapshotDialog.tsx";
import { describe, VersionList } from "./VersionList.tsx";

interface Props { project: Project; pageId: string; path: string; onRestored: () => Promise<void>; onClose: () => void }

const restoredWords = { project: "The whole project is as it was then.", page: "The page is as it was then.", module: "The module is as it was then." };
const wordsFor = (wanted: Wanted) => (wanted.what === "file" ? `The ${wanted.kind} “${wanted.title}” is as it was then.` : restoredWords[wanted.what]);
const none: Shown[] = [];

export function HistoryPanel({ project, pageId, path, onRestored, onClose }: Props) {
  const versions = useQuery({ ...queries.versions(project.slug), staleTime: 0 });
  const [chosen, setChosen] = useState<Version | null>(null);
  const [naming, setNaming] = useState(false);
  // On a narrow screen the list is folded away behind the chosen version.
  const [picking, setPicking] = useState(false);
  const may = useMay();
  const list = versions.data ?? [];
  // The newest version is today; what one comes for is older. Never compared with itself while there is another.
  const shown = list.find((one) => one.id === chosen?.id) ?? list[1] ?? list[0] ?? null;

  const isGallery = project.type === "gallery";
  const ofSite = useQuery({ ...queries.pages(project.slug), enabled: !isGallery }).data;
  const stories = useQuery({ queryKey: ["gallery", project.slug, "stories", "history"], enabled: isGallery, staleTime: 0, queryFn: () => readList<Story & { path: string }>(urls.stories(project.slug)) });
  const pages: Shown[] = (isGallery ? stories.data : ofSite) ?? none;
  const first = isGallery ? pages[0] : undefined;
  const bringBack = async (version: string, wanted: Wanted) => {
    if (wanted.what === "file") {
      const restored = await request<Restored>(urls.restoreFile(project.slug), { body: { version, path: wanted.path } });
      refreshProjects();
      await onRestored();
      return restored;
    }
    const scope = wanted.what === "project" ? {} : wanted.what === "page" ? { page: wanted.page } : { module: wanted.module };
    const restored = await request<Restored>(urls.restoreVersion(project.slug), { body: { version, ...scope } });
    refreshProjects();
    await onRestored();
    return restored;
  };
  const restore = useMutation({
    mutationFn: async ({ version, wanted }: { version: Version; wanted: Wanted }) => {
      // Today's state is the newest version; restoring it undoes the restore.
      const before = (await queryClient.fetchQuery({ ...queries.versions(project.slug), staleTime: 0 }))[0];
      return { restored: await bringBack(version.id, wanted), before, wanted };
    },
    onSuccess: ({ restored, before, wanted }) => {
      onClose();
      if (!restored.change) { toast("Nothing differed: it is already as it was then."); return; }
      // A module that had been removed is not in today's version, so its page is brought back instead.
      const back: Wanted = wanted.what === "project" || wanted.what === "file" ? wanted : { what: "page", page: wanted.page };
      const undo = () => { if (before) void bringBack(before.id, back).then(() => toast("The restore was undone.", { tone: "success" })).catch(toastError); };
      toast(wordsFor(wanted), { tone: "success", ...(before ? { action: { title: "Undo", run: undo } } : {}) });
    },
  });
  return (
    <Dialog title="History" size="full" onClose={onClose}>
      <div className={styles["layout"]}>
        {shown && (
          <button type="button" className={styles["pick"]} aria-expanded={picking} onClick={() => setPicking(!picking)}>
            <span><strong>{describe(shown)}</strong><small>{formatDay(shown.at)}, {formatTime(shown.at)}</small></span><ChevronDown aria-hidden="true" />
          </button>
        )}
        <section className={styles["versions"]} aria-label="Versions" data-open={picking || !shown}>
          {may("name-version") && <Button icon={<Camera />} onClick={() => setNaming(true)}>Keep a named version</Button>}
          {versions.error && <ErrorNote error={versions.error} />}
          {versions.isPending && <Skeleton height={180} />}
          {versions.data && list.length === 0 && <EmptyState icon={<History />} title="No versions yet"><p>Every change is kept here by itself. Change something, and come back.</p></EmptyState>}
          <VersionList versions={list} chosen={shown?.id ?? null} onChoose={(version) => { setChosen(version); setPicking(false); }} />
        </section>
        {shown && isGallery && stories.isPending && <Skeleton height={320} />}
        {shown && !(isGallery && stories.isPending) && <Compare key={shown.id} project={project.slug} pages={pages} isGallery={isGallery} page={first?.id ?? pageId} path={first?.path ?? path} version={shown} isNewest={shown.id === list[0]?.id} isOnly={list.length === 1} busy={restore.isPending} error={restore.error}
          onRestore={(wanted) => restore.mutate({ version: shown, wanted })} />}
      </div>
      {naming && <SnapshotDialog project={project.slug} onClose={() => setNaming(false)} />}
    </Dialog>
  );
}
