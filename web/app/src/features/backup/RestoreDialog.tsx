// Restoring from a backup: into an empty folder, or a project into this studio.
import type { BackupRestored } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote, Progress } from "@accid/ui/Feedback";
import { SelectField, TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { toast } from "../../shared/announce.ts";
import { formatCount } from "../../shared/format.ts";
import { refreshProjects } from "../../shared/queries.ts";
import { StopButton } from "../../shared/StopButton.tsx";
import { useJob } from "../../shared/useJob.ts";
import styles from "./Backup.module.css";

/** The project that a path of a backup is, when it is one. */
const projectOf = (path: string) => /^projects\/([^/]+)$/.exec(path)?.[1] ?? null;

export function RestoreDialog({ snapshot, at, path, onClose }: { snapshot: string; at: string; path: string; onClose: () => void }) {
  const form = useId();
  const project = projectOf(path);
  const [to, setTo] = useState(project ? "project" : "folder");
  const [folder, setFolder] = useState("");
  const work = useJob<BackupRestored>();
  const restore = useMutation({
    mutationFn: () => work.start(urls.restoreBackup, to === "project" ? { snapshot, project } : { snapshot, path, folder: folder.trim() }),
    onSuccess: (done) => {
      refreshProjects();
      const where = done.folder ? `into ${done.folder}` : done.copy ? `as ${done.project ?? "a project"}, a copy without history: the project itself is here` : `as ${done.project ?? "a project"}, with its history`;
      toast(`Restored ${formatCount(done.files, "file")} ${where}.`, { tone: "success" });
      onClose();
    },
  });
  return (
    <Dialog title="Restore from the backup" onClose={onClose} footer={<>
      {restore.isPending ? <StopButton stopping={work.stopping} onStop={work.cancel} /> : <Button onClick={onClose}>Cancel</Button>}
      <Button kind="primary" type="submit" form={form} busy={restore.isPending}>Restore</Button>
    </>}>
      <form id={form} className={styles["form"]} onSubmit={(event) => { event.preventDefault(); restore.mutate(); }}>
        <p>{path === "" ? "Everything" : <code>{path}</code>} as it was on {at}.</p>
        {project && <SelectField label="To" value={to} onChange={(event) => setTo(event.target.value)} options={[{ value: "project", title: "Into this studio, as a project" }, { value: "folder", title: "Into a folder" }]} />}
        {to === "folder" && <TextField label="Empty or new folder" required value={folder} spellCheck={false} placeholder="/home/ada/restored" onChange={(event) => setFolder(event.target.value)} help="Named from the root. Nothing that is there already is ever overwritten." />}
        {work.job && <Progress label={work.job.message || "Starting"} done={work.job.total > 0 ? Math.round((100 * work.job.done) / work.job.total) : 0} total={work.job.total > 0 ? 100 : 0} />}
        {restore.error && <ErrorNote error={restore.error} />}
      </form>
    </Dialog>
  );
}
