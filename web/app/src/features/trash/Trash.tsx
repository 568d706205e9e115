// What was removed: bring it back, or empty the trash for good.
import { request } from "@accid/api-client/client";
import type { Emptied, TrashEntry } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { EmptyState, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Blocks, BookImage, BookOpenText, FileText, Film, Image, LayoutTemplate, PanelsTopLeft, RotateCcw, Route, Trash2, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { toast, toastError } from "../../shared/announce.ts";
import { formatAgo, formatBytes, formatCount } from "../../shared/format.ts";
import { queries, refreshProjects } from "../../shared/queries.ts";
import styles from "./Trash.module.css";

const kinds: Record<string, { title: string; Icon: LucideIcon }> = {
  project: { title: "Project", Icon: PanelsTopLeft }, page: { title: "Page", Icon: FileText },
  module: { title: "Module", Icon: Blocks }, photo: { title: "Photo", Icon: Image },
  album: { title: "Album", Icon: BookImage }, track: { title: "Route", Icon: Route }, story: { title: "Story", Icon: BookOpenText },
  video: { title: "Film", Icon: Film }, pattern: { title: "Pattern", Icon: LayoutTemplate },
};
const other = { title: "Object", Icon: Blocks };

function Entry({ entry, projectName }: { entry: TrashEntry; projectName: string | undefined }) {
  const may = useMay();
  const { title, Icon } = kinds[entry.kind] ?? other;
  const restore = useMutation({
    mutationFn: () => request(urls.restoreTrash(entry.project), { body: entry.kind === "project" ? {} : { entry: entry.entry } }),
    onSuccess: () => { refreshProjects(); toast(`“${entry.label}” is back.`, { tone: "success" }); },
    onError: toastError,
  });
  return (
    <li className={styles["entry"]}>
      <span className={styles["kind"]} aria-hidden="true"><Icon /></span>
      <div className={styles["words"]}>
        <h2>{entry.label || title}</h2>
        <p>
          <span>{title}{projectName && entry.kind !== "project" && ` of ${projectName}`}</span>
          <time dateTime={entry.removed_at} title={new Date(entry.removed_at).toLocaleString()}>removed {formatAgo(entry.removed_at)}</time>
        </p>
      </div>
      {may("restore-from-trash") && <Button icon={<RotateCcw />} busy={restore.isPending} onClick={() => restore.mutate()} aria-label={`Restore ${entry.label}`}>Restore</Button>}
    </li>
  );
}

export function Trash() {
  const may = useMay();
  const trash = useQuery(queries.trash());
  const projects = useQuery(queries.projects());
  const [asking, setAsking] = useState(false);
  const days = useQuery(queries.settings()).data?.settings.trash_days;
  const entries = [...(trash.data ?? [])].sort((a, b) => b.removed_at.localeCompare(a.removed_at));
  const empty = useMutation({
    mutationFn: () => request<Emptied>(urls.emptyTrash, { method: "DELETE" }),
    onSuccess: (result) => { refreshProjects(); setAsking(false); toast(`${formatCount(result.removed, "thing")} removed for good.${result.originals.files > 0 ? ` ${formatBytes(result.originals.bytes)} of pictures that nothing uses any more went too.` : ""}`, { tone: "success" }); },
  });
  return (
    <>
      <div className={styles["head"]}>
        <div><h1>Trash</h1><p>{days ? `What you remove waits here for ${formatCount(days, "day")}, then it goes by itself. ` : "Removing never destroys anything until you empty the trash. "}Kept versions keep what is in them.</p></div>
        {entries.length > 0 && may("empty-trash") && <Button kind="danger" icon={<Trash2 />} onClick={() => setAsking(true)}>Empty trash</Button>}
      </div>
      {trash.error && <ErrorNote error={trash.error} />}
      {trash.isPending && <div className={styles["list"]} aria-busy="true">{[1, 2, 3].map((key) => <Skeleton key={key} height={66} />)}</div>}
      {trash.data && entries.length === 0 && (
        <EmptyState icon={<Trash2 />} title="The trash is empty"><p>Projects, pages, modules and photos that you remove wait here, and come back with one click.</p></EmptyState>
      )}
      <ul className={styles["list"]}>
        {entries.map((entry) => <Entry key={entry.entry} entry={entry} projectName={projects.data?.find((project) => project.id === entry.project)?.name} />)}
      </ul>
      {asking && (
        <Dialog title="Empty the trash?" onClose={() => setAsking(false)} footer={<>
          <Button onClick={() => setAsking(false)}>Keep everything</Button>
          <Button kind="danger" busy={empty.isPending} onClick={() => empty.mutate()}>Remove {formatCount(entries.length, "thing")} for good</Button>
        </>}>
          <p>This cannot be undone. A removed project takes its pictures and its history with it. Pictures that a page, an album or a kept version uses stay.</p>
          {empty.error && <ErrorNote error={empty.error} />}
        </Dialog>
      )}
    </>
  );
}
