// A project as one zip, whole with its history: saved into a file of this machine, or taken in from one.
import type { Project, ProjectZip } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote, Progress } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "../../shared/announce.ts";
import { formatBytes } from "../../shared/format.ts";
import { refreshProjects } from "../../shared/queries.ts";
import { StopButton } from "../../shared/StopButton.tsx";
import { useJob } from "../../shared/useJob.ts";
import styles from "./Dashboard.module.css";

/** Without a project, one is taken in. */
export function ZipDialog({ project, onClose }: { project?: Project; onClose: () => void }) {
  const [file, setFile] = useState("");
  const { job, stopping, start, cancel } = useJob<ProjectZip>();
  const work = useMutation({
    mutationFn: () => start(project ? urls.projectZip(project.id) : urls.importProjectZip, { file: file.trim() }),
    onSuccess: (done) => {
      refreshProjects();
      toast(project ? `“${project.name}” is in ${done.file}, ${formatBytes(done.bytes)}.` : `“${done.project}” is here${done.copy ? ", as a copy without its history: the one it comes from is here too" : " with its whole history"}.`, { tone: "success" });
      onClose();
    },
  });
  return (
    <Dialog title={project ? `Save “${project.name}” as a zip` : "Take in a project's zip"} onClose={onClose}>
      <form className={styles["form"]} onSubmit={(event) => { event.preventDefault(); if (file.trim()) work.mutate(); }}>
        <TextField label="File" autoFocus required spellCheck={false} placeholder={project ? `/home/ada/${project.slug}.zip` : "/home/ada/boats.zip"} value={file} onChange={(event) => setFile(event.target.value)}
          help={project ? "Its path in full. The zip has the documents, the original pictures and the whole history, and no passwords." : "The path in full of a zip that ACCID saved. Every file of it is checked before anything is taken in."} />
        {work.error && <ErrorNote error={work.error} />}
        {work.isPending && <Progress label={job?.message || (project ? "Saving…" : "Taking it in…")} done={job?.done ?? 0} total={job?.total ?? 0} />}
        {work.isPending && <StopButton stopping={stopping} onStop={cancel} />}
        <Button kind="primary" type="submit" busy={work.isPending} disabled={!file.trim()}>{project ? "Save" : "Take it in"}</Button>
      </form>
    </Dialog>
  );
}
