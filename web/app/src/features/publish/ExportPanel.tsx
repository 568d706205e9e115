// Writes the site as plain files into a folder of this machine.
import type { Exported, Project } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { ErrorNote, Progress } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { Copy, Download } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { toast } from "../../shared/announce.ts";
import { finishStep } from "../../shared/firstSteps.ts";
import { formatBytes, formatCount } from "../../shared/format.ts";
import { StopButton } from "../../shared/StopButton.tsx";
import { useJob } from "../../shared/useJob.ts";
import { Findings } from "./Findings.tsx";
import styles from "./Publish.module.css";
import { SendToDropbox } from "./SendToDropbox.tsx";

export function ExportPanel({ project }: { project: Project }) {
  const may = useMay();
  const [out, setOut] = useState("");
  const { job, stopping, start, cancel } = useJob<Exported>();
  const run = useMutation({ mutationFn: () => start(urls.exportStatic(project.slug), out.trim() ? { out: out.trim() } : {}), onSuccess: () => finishStep("publish") });
  const done = run.data;
  const copy = () => { if (done) void navigator.clipboard?.writeText(done.path).then(() => toast("The path is in the clipboard.")); };
  return (
    <>
    <form className={styles["panel"]} onSubmit={(event) => { event.preventDefault(); run.mutate(); }}>
      <p>Plain HTML files that open with a double click, from a stick, or on any web host.</p>
      <TextField label="Folder" placeholder="the project's own build folder" value={out} onChange={(event) => setOut(event.target.value)} help="A full path on this machine. Leave it empty to keep the export inside the project." />
      {run.error && <ErrorNote error={run.error} />}
      {run.isPending && <Progress label={job?.message || "Exporting…"} done={job?.done ?? 0} total={job?.total ?? 0} />}
      {done && !run.isPending && (
        <div className={styles["result"]} role="status" data-export-path={done.path}>
          <p>{formatCount(done.files, "file")}, {formatBytes(done.bytes)}, in</p>
          <p className={styles["path"]}><code>{done.path}</code><Button icon={<Copy />} onClick={copy}>Copy path</Button></p>
          <Findings findings={done.findings} />
        </div>
      )}
      <div className={styles["actions"]}>
        {run.isPending && <StopButton stopping={stopping} onStop={cancel} />}
        <Button kind="primary" type="submit" icon={<Download />} busy={run.isPending}>Export</Button>
      </div>
    </form>
    {may("send-to-dropbox") && <SendToDropbox project={project} />}
    </>
  );
}
