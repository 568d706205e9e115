// Off-site backups: where they go, how the last one went, whether it was proved, and the way back.
import { urls } from "@accid/api-client/urls";
import type { BackupRun, DrillRun } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { EmptyState, ErrorNote, Progress, Skeleton } from "@accid/ui/Feedback";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Archive, Check, CloudUpload, LifeBuoy, Settings2, TriangleAlert } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useMay } from "../../shared/abilities.ts";
import { toast } from "../../shared/announce.ts";
import { formatAgo, formatBytes, formatCount } from "../../shared/format.ts";
import { queries, queryClient } from "../../shared/queries.ts";
import { StopButton } from "../../shared/StopButton.tsx";
import { useJob } from "../../shared/useJob.ts";
import styles from "./Backup.module.css";
import { BackupList } from "./BackupList.tsx";
import { PlaceForm } from "./PlaceForm.tsx";
import { HostKeyNote, isHostKey } from "./HostKeyNote.tsx";

const fresh = () => void queryClient.invalidateQueries({ queryKey: ["backup"] });
const schedules: Record<string, string> = { never: "only when you ask", hourly: "every hour", daily: "every day", weekly: "every week", monthly: "every thirty days" };

function Fact({ good, title, children }: { good: boolean; title: string; children: ReactNode }) {
  return (
    <div className={styles["fact"]} data-good={good}>
      {good ? <Check aria-hidden="true" /> : <TriangleAlert aria-hidden="true" />}
      <div><h3>{title}</h3>{children}</div>
    </div>
  );
}

function LastBackup({ last, good }: { last: BackupRun | null | undefined; good: BackupRun | null | undefined }) {
  if (!good) return <Fact good={false} title="No backup yet"><p>{last?.problem ?? "The first one takes the longest; later ones send only what is new."}</p></Fact>;
  return (
    <Fact good={!last?.problem} title={`Last backup ${formatAgo(good.at)}`}>
      <p>{formatCount(good.files, "file")}, {formatBytes(good.bytes)}; {formatBytes(good.added_bytes)} were sent.</p>
      {last?.problem && <p className={styles["bad"]}>The last try failed: {last.problem}</p>}
    </Fact>
  );
}

function LastDrill({ last, good }: { last: DrillRun | null | undefined; good: DrillRun | null | undefined }) {
  if (!good) return <Fact good={false} title="Not proved yet"><p>{last?.problem ?? "A restore drill brings the newest backup back aside, compares every file, and takes it away again."}</p></Fact>;
  return (
    <Fact good={!last?.problem} title={`Proved restorable ${formatAgo(good.at)}`}>
      <p>{formatCount(good.files, "file")} came back as they were put in; {formatCount(good.projects, "project")} opened.</p>
      {last?.problem && <p className={styles["bad"]}>The last drill failed: {last.problem}</p>}
    </Fact>
  );
}

export function Backup() {
  const may = useMay();
  const backup = useQuery(queries.backup());
  const [editing, setEditing] = useState(false);
  const work = useJob<BackupRun & DrillRun>();
  const run = useMutation({
    mutationFn: () => work.start(urls.runBackup, {}), onSettled: fresh,
    onSuccess: (done) => toast(`Backed up ${formatCount(done.files, "file")}; ${formatBytes(done.added_bytes)} were sent.`, { tone: "success" }),
  });
  const drill = useMutation({
    mutationFn: () => work.start(urls.restoreDrill, {}), onSettled: fresh,
    onSuccess: (done) => toast(`It can be restored: ${formatCount(done.files, "file")} came back as they were put in.`, { tone: "success" }),
  });
  if (backup.isPending) return <Skeleton height={220} />;
  if (backup.error) return <ErrorNote error={backup.error} />;
  const { place, last, last_good: good, last_drill: tried, last_good_drill: proved, due_at: due } = backup.data;
  const form = editing && <PlaceForm place={place ?? undefined} onClose={() => { setEditing(false); fresh(); }} />;
  if (!place) {
    return (
      <div className={styles["page"]}>
        <header className={styles["head"]}><div><h1>Backup</h1></div></header>
        <EmptyState icon={<Archive />} title="Keep a copy somewhere else" action={may("set-backup") && <Button kind="primary" icon={<Settings2 />} onClick={() => setEditing(true)}>Choose a place</Button>}>
          <p>A disk breaks, a laptop is stolen. A backup keeps every project with its whole history and all originals on another disk, at a server, or in cloud storage: encrypted with a password only you know, each picture stored once. It is written as restic does, so that you can get everything back without ACCID too.</p>
        </EmptyState>
        {form}
      </div>
    );
  }
  const busy = run.isPending || drill.isPending;
  const trouble = run.error ?? drill.error;
  return (
    <div className={styles["page"]}>
      <header className={styles["head"]}>
        <div><h1>Backup</h1><p><code>{place.url}</code></p><p>Made {schedules[place.schedule] ?? place.schedule}{due && place.schedule !== "never" && good ? `; the next is due ${formatAgo(due)}` : ""}. Proved {schedules[place.drill] ?? place.drill}.</p></div>
        <div className={styles["actions"]}>
          {may("set-backup") && <Button icon={<Settings2 />} onClick={() => setEditing(true)}>Settings</Button>}
          {may("run-backup") && good && <Button icon={<LifeBuoy />} busy={drill.isPending} disabled={busy} onClick={() => drill.mutate()}>Try a restore</Button>}
          {may("run-backup") && <Button kind="primary" icon={<CloudUpload />} busy={run.isPending} disabled={busy} onClick={() => run.mutate()}>Back up now</Button>}
        </div>
      </header>
      {work.job && (
        <div className={styles["work"]} role="status">
          <Progress label={`${work.job.message || "Starting"}${work.job.total > 0 && run.isPending ? `: ${formatBytes(work.job.done)} of ${formatBytes(work.job.total)}` : ""}`} done={work.job.total > 0 ? Math.round((100 * work.job.done) / work.job.total) : 0} total={work.job.total > 0 ? 100 : 0} percent />
          <StopButton stopping={work.stopping} onStop={work.cancel} />
        </div>
      )}
      {trouble && !busy && (isHostKey(trouble) ? <HostKeyNote error={trouble} onAccepted={() => run.mutate()} /> : <ErrorNote error={trouble} />)}
      <div className={styles["facts"]}><LastBackup last={last} good={good} /><LastDrill last={tried} good={proved} /></div>
      <BackupList hasAny={Boolean(good)} />
      {form}
    </div>
  );
}
