// Sends the website or the project to Dropbox, as one zip.
import type { Project, SentAway } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { ErrorNote, Progress } from "@accid/ui/Feedback";
import { SelectField, TextField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { CircleCheck, CloudUpload } from "lucide-react";
import { useState } from "react";
import { formatBytes } from "../../shared/format.ts";
import { queries } from "../../shared/queries.ts";
import { useJob } from "../../shared/useJob.ts";
import styles from "./Publish.module.css";

const whats = [{ value: "site", title: "The website" }, { value: "project", title: "The project with its originals" }];

/** Nothing without an account: the settings say how to connect one. */
export function SendToDropbox({ project }: { project: Project }) {
  const dropbox = useQuery(queries.dropbox(project.slug));
  const [what, setWhat] = useState("site");
  const [folder, setFolder] = useState("/ACCID");
  const { job, start, cancel } = useJob<SentAway>();
  const send = useMutation({ mutationFn: () => start(urls.dropboxSend(project.slug), { what, folder }) });
  if (!dropbox.data?.connected) return null;
  const of = dropbox.data.account?.name;
  return (
    <form className={styles["panel"]} aria-label="Send to Dropbox" onSubmit={(event) => { event.preventDefault(); send.mutate(); }}>
      <h3>Send to Dropbox</h3>
      <p>One zip{of ? ` in the Dropbox of ${of}` : ""}. A file that is there already stays as it is.</p>
      <SelectField label="What" options={whats} value={what} onChange={(event) => setWhat(event.target.value)} />
      <TextField label="Folder in Dropbox" value={folder} onChange={(event) => setFolder(event.target.value)} />
      {dropbox.data.message && <p>{dropbox.data.message}</p>}
      {send.error && <ErrorNote error={send.error} />}
      {send.isPending && <Progress label={job?.message || "Packing…"} done={job?.done ?? 0} total={job?.total ?? 0} />}
      {send.data && !send.isPending && <div className={styles["result"]} role="status"><p><CircleCheck aria-hidden="true" /> {formatBytes(send.data.bytes)} are in Dropbox:</p><p className={styles["path"]}><code>{send.data.path}</code></p></div>}
      <div className={styles["actions"]}>
        {send.isPending && <Button onClick={cancel}>Stop</Button>}
        <Button type="submit" icon={<CloudUpload />} busy={send.isPending}>Send to Dropbox</Button>
      </div>
    </form>
  );
}
