// The backups at the place: what is in them, and the way back out of one.
import { list, request } from "@accid/api-client/client";
import type { BackupItem, BackupSnapshot, BackupThinning } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useMutation, useQuery } from "@tanstack/react-query";
import { ChevronUp, File, Folder, RotateCcw, Scissors } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { toast } from "../../shared/announce.ts";
import { formatAgo, formatBytes, formatCount } from "../../shared/format.ts";
import { queries, queryClient } from "../../shared/queries.ts";
import { useJob } from "../../shared/useJob.ts";
import styles from "./Backup.module.css";
import { RestoreDialog } from "./RestoreDialog.tsx";

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

function Inside({ snapshot, onRestore }: { snapshot: string; onRestore: (path: string) => void }) {
  const may = useMay();
  const [folder, setFolder] = useState("");
  const items = useQuery({ queryKey: ["backup", snapshot, folder], queryFn: () => list<BackupItem>(urls.backupFiles(snapshot, folder)), staleTime: Infinity, retry: false });
  const above = folder.includes("/") ? folder.slice(0, folder.lastIndexOf("/")) : "";
  return (
    <div className={styles["inside"]}>
      {folder && <Button kind="ghost" icon={<ChevronUp />} onClick={() => setFolder(above)}>{folder}</Button>}
      {items.isPending && <Skeleton height={60} />}
      {items.error && <ErrorNote error={items.error} />}
      <ul>
        {items.data?.map((item) => (
          <li key={item.path}>
            {item.folder ? <Button kind="ghost" icon={<Folder />} onClick={() => setFolder(item.path)}>{nameOf(item.path)}</Button> : <span><File aria-hidden="true" />{nameOf(item.path)}</span>}
            {!item.folder && <small>{formatBytes(item.bytes)}</small>}
            {may("restore-backup") && <Button kind="ghost" icon={<RotateCcw />} aria-label={`Restore ${nameOf(item.path)}`} onClick={() => onRestore(item.path)}>Restore</Button>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function One({ backup, newest }: { backup: BackupSnapshot; newest: boolean }) {
  const may = useMay();
  const [open, setOpen] = useState(false);
  const [restoring, setRestoring] = useState<string | null>(null);
  const at = new Date(backup.at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
  return (
    <li>
      <div className={styles["row"]}>
        <div className={styles["words"]}><strong>{at}</strong><p>{newest ? "The newest, " : ""}{formatAgo(backup.at)} · {formatCount(backup.files, "file")}, {formatBytes(backup.bytes)}, {formatBytes(backup.added_bytes)} sent</p></div>
        <Button aria-expanded={open} aria-label={`Look into the backup of ${at}`} onClick={() => setOpen(!open)}>{open ? "Close" : "Look into it"}</Button>
        {may("restore-backup") && <Button icon={<RotateCcw />} aria-label={`Restore the backup of ${at}`} onClick={() => setRestoring("")}>Restore</Button>}
      </div>
      {open && <Inside snapshot={backup.id} onRestore={setRestoring} />}
      {restoring !== null && <RestoreDialog snapshot={backup.id} at={at} path={restoring} onClose={() => setRestoring(null)} />}
    </li>
  );
}

function Thinning() {
  const [asked, setAsked] = useState(false);
  const plan = useQuery({ queryKey: ["backup", "thinning"], queryFn: () => request<BackupThinning>(urls.backupThinning), enabled: asked, gcTime: 0, retry: false });
  const work = useJob<BackupThinning>();
  const thin = useMutation({
    mutationFn: () => work.start(urls.backupThinning, {}),
    onSuccess: (done) => { setAsked(false); void queryClient.invalidateQueries({ queryKey: ["backup"] }); toast(`${formatCount(done.going, "backup")} removed, ${done.staying} stay.`); },
  });
  if (!asked) return <div><Button icon={<Scissors />} onClick={() => setAsked(true)}>Thin out…</Button></div>;
  return (
    <div className={styles["thinning"]} role="status">
      {plan.isPending && <p>Looking what would go…</p>}
      {(plan.error ?? thin.error) && <ErrorNote error={plan.error ?? thin.error} />}
      {plan.data && <p>{plan.data.going === 0 ? `By your rules all ${formatCount(plan.data.staying, "backup")} stay.` : `${formatCount(plan.data.going, "backup")} would go, ${plan.data.staying} stay.`} {formatBytes(plan.data.unused_bytes)} are not needed any more then; they are removed a day later at the earliest, so that nothing another machine backs up meanwhile is lost.</p>}
      <div className={styles["actions"]}><Button onClick={() => setAsked(false)}>Leave it</Button>{plan.data && <Button kind="danger" busy={thin.isPending} onClick={() => thin.mutate()}>Thin out now</Button>}</div>
    </div>
  );
}

export function BackupList({ hasAny }: { hasAny: boolean }) {
  const may = useMay();
  const backups = useQuery({ ...queries.backups(), enabled: hasAny });
  if (!hasAny) return null;
  return (
    <section className={styles["part"]} aria-labelledby="backups">
      <h2 id="backups">Backups</h2>
      {backups.isPending && <Skeleton height={120} />}
      {backups.error && <ErrorNote error={backups.error} action={<Button onClick={() => void backups.refetch()}>Try again</Button>} />}
      <ul className={styles["rows"]}>{backups.data?.map((one, index) => <One key={one.id} backup={one} newest={index === 0} />)}</ul>
      {may("run-backup") && backups.data && backups.data.length > 1 && <Thinning />}
    </section>
  );
}
