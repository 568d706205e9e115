// Sends the website or the project to Dropbox, as one zip.
import type { Job, Project, SentAway } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { ErrorNote, Progress } from "@accid/ui/Feedback";
import { SelectField, TextField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { CircleCheck, CloudUpload } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { toast, toastError } from "../../shared/announce.ts";
import { CloudTrouble } from "../../shared/cloud/CloudTrouble.tsx";
import { formatBytes } from "../../shared/format.ts";
import { isStopped } from "../../shared/jobFailure.ts";
import { queries } from "../../shared/queries.ts";
import { Link, paths } from "../../shared/router.tsx";
import { StopButton } from "../../shared/StopButton.tsx";
import { useJob } from "../../shared/useJob.ts";
import { useKeptFocus } from "../../shared/useKeptFocus.ts";
import styles from "./Publish.module.css";

const whats = [{ value: "site", title: "The website" }, { value: "project", title: "The project with its originals" }];

/** A path as Dropbox wants it: nothing for the outermost folder, else with a slash in front. */
const pathOf = (folder: string) => { const path = folder.trim(); return path === "" || path.startsWith("/") ? path : `/${path}`; };

function Sending({ job }: { job: Job | null }) {
  // What is sent is counted in bytes, what is packed in files.
  if (!job?.message.startsWith("Sen") || job.total === 0) return <Progress label={job?.message || "Packing…"} done={job?.done ?? 0} total={job?.total ?? 0} />;
  return <Progress label={`${job.message}: ${formatBytes(job.done)} of ${formatBytes(job.total)}`} done={Math.round((100 * job.done) / job.total)} total={100} percent />;
}

/** Nothing without an account: the settings say how to connect one. */
export function SendToDropbox({ project }: { project: Project }) {
  const dropbox = useQuery(queries.dropbox(project.slug));
  const [what, setWhat] = useState("site");
  const [folder, setFolder] = useState("/ACCID");
  const isShown = useRef(false);
  useEffect(() => { isShown.current = true; return () => { isShown.current = false; }; }, []);
  const { job, stopping, start, cancel } = useJob<SentAway>();
  // It goes on when this is closed; then a notice tells what came of it.
  const send = useMutation({
    mutationFn: (to: string) => start(urls.dropboxSend(project.slug), { what, folder: to }),
    onSuccess: (sent) => { if (!isShown.current) toast(`${formatBytes(sent.bytes)} of “${project.name}” are in Dropbox: ${sent.path}`, { tone: "success" }); },
    onError: (error) => { if (isShown.current) return; if (isStopped(error)) toast(error.message); else toastError(error); },
  });
  const form = useRef<HTMLFormElement>(null);
  const submit = useRef<HTMLButtonElement>(null);
  useKeptFocus(form, submit);
  if (!dropbox.data?.connected) return null;
  const of = dropbox.data.account?.name;
  const { message, signed_out: isSignedOut } = dropbox.data;
  const begin = () => { if (send.isPending) return; const to = pathOf(folder); setFolder(to); send.mutate(to); };
  return (
    <form ref={form} className={styles["panel"]} aria-label="Send to Dropbox" onSubmit={(event) => { event.preventDefault(); begin(); }}>
      <h3>Send to Dropbox</h3>
      <p>One zip{of ? ` in the Dropbox of ${of}` : ""}. A file that is there already stays as it is.</p>
      <SelectField label="What" options={whats} value={what} onChange={(event) => setWhat(event.target.value)} />
      <TextField label="Folder in Dropbox" value={folder} onChange={(event) => setFolder(event.target.value)} help="Empty is the outermost folder." />
      {message && !send.isPending && !send.error && (isSignedOut ? <ErrorNote error={message} action={<Link to={paths.settings}>Open the settings</Link>} /> : <p>{message}</p>)}
      {send.error && <CloudTrouble error={send.error} />}
      {send.isPending && <Sending job={job} />}
      {send.data && !send.isPending && <div className={styles["result"]} role="status"><p><CircleCheck aria-hidden="true" /> {formatBytes(send.data.bytes)} are in Dropbox:</p><p className={styles["path"]}><code>{send.data.path}</code></p></div>}
      <div className={styles["actions"]}>
        {send.isPending && <StopButton stopping={stopping} onStop={cancel} />}
        <Button ref={submit} type="submit" icon={<CloudUpload />} busy={send.isPending}>Send to Dropbox</Button>
      </div>
    </form>
  );
}
