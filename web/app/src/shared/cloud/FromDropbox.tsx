// Takes pictures out of Dropbox: a button that is there when an account is, and the folders behind it.
import type { CloudEntry, Imported } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { EmptyState, ErrorNote, Progress, Skeleton } from "@accid/ui/Feedback";
import { useMutation, useQuery } from "@tanstack/react-query";
import { CloudDownload, File, Folder, Image, Images } from "lucide-react";
import { useState } from "react";
import { useMay } from "../abilities.ts";
import { toast } from "../announce.ts";
import { formatBytes, formatCount } from "../format.ts";
import { queries, refreshProjects } from "../queries.ts";
import { useJob } from "../useJob.ts";
import styles from "./Cloud.module.css";

/** The folders above this one, outermost first. */
function trail(path: string) {
  const names = path.split("/").filter(Boolean);
  return [{ name: "Dropbox", path: "" }, ...names.map((name, index) => ({ name, path: `/${names.slice(0, index + 1).join("/")}` }))];
}

interface RowProps { entry: CloudEntry; chosen: boolean; busy: boolean; onOpen: () => void; onChoose: () => void }

function Row({ entry, chosen, busy, onOpen, onChoose }: RowProps) {
  if (entry.kind === "folder") return <li><button type="button" className={styles["row"]} disabled={busy} onClick={onOpen}><Folder aria-hidden="true" /><span>{entry.name}</span></button></li>;
  if (!entry.picture) return <li><span className={styles["row"]} data-other=""><File aria-hidden="true" /><span>{entry.name}</span><small>not a picture</small></span></li>;
  return (
    <li><label className={styles["row"]}><input type="checkbox" checked={chosen} disabled={busy} onChange={onChoose} /><Image aria-hidden="true" /><span>{entry.name}</span><small>{formatBytes(entry.bytes)}</small></label></li>
  );
}

function DropboxDialog({ project, onDone, onClose }: { project: string; onDone: () => void; onClose: () => void }) {
  const [path, setPath] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const folder = useQuery(queries.dropboxFolder(project, path));
  const { job, start, cancel } = useJob<Imported>();
  const bring = useMutation({
    mutationFn: () => start(urls.dropboxImport(project), { paths: chosen }),
    onSuccess: ({ taken }) => { setChosen([]); toast(`${formatCount(taken, "picture")} taken in. The originals are kept as they are.`, { tone: "success" }); },
    onSettled: () => { refreshProjects(); onDone(); },
  });
  const pictures = folder.data?.filter((entry) => entry.picture).map((entry) => entry.path) ?? [];
  const all = pictures.length > 0 && pictures.every((one) => chosen.includes(one));
  const open = (to: string) => { setPath(to); bring.reset(); };
  const toggle = (one: string) => setChosen(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]);
  const toggleAll = () => setChosen(all ? chosen.filter((one) => !pictures.includes(one)) : [...new Set([...chosen, ...pictures])]);
  const footer = bring.isPending
    ? <Button onClick={cancel}>Stop</Button>
    : <><Button onClick={onClose}>Done</Button><Button kind="primary" icon={<CloudDownload />} disabled={chosen.length === 0} onClick={() => bring.mutate()}>{chosen.length === 0 ? "Take in" : `Take in ${formatCount(chosen.length, "picture")}`}</Button></>;
  return (
    <Dialog title="From Dropbox" size="medium" onClose={bring.isPending ? () => undefined : onClose} footer={footer}>
      <div className={styles["panel"]}>
        <nav aria-label="Folders above" className={styles["trail"]}>
          {trail(path).map((one, index, every) => index === every.length - 1
            ? <strong key={one.path} aria-current="page">{one.name}</strong>
            : <span key={one.path}><button type="button" disabled={bring.isPending} onClick={() => open(one.path)}>{one.name}</button><span aria-hidden="true"> / </span></span>)}
        </nav>
        {folder.error && <ErrorNote error={folder.error} action={<Button onClick={() => void folder.refetch()}>Try again</Button>} />}
        {folder.isPending && <Skeleton height={180} />}
        {folder.data?.length === 0 && <EmptyState icon={<Images />} title="Nothing in here"><p>Put pictures into this folder with Dropbox on any machine or phone; they appear here then.</p></EmptyState>}
        {folder.data && folder.data.length > 0 && (
          <ul className={styles["rows"]} aria-label={path || "Dropbox"}>
            {folder.data.map((entry) => <Row key={entry.path} entry={entry} chosen={chosen.includes(entry.path)} busy={bring.isPending} onOpen={() => open(entry.path)} onChoose={() => toggle(entry.path)} />)}
          </ul>
        )}
        {pictures.length > 1 && <div><Button kind="ghost" disabled={bring.isPending} onClick={toggleAll}>{all ? "Choose none of this folder" : `Choose all ${pictures.length} of this folder`}</Button></div>}
        {bring.isPending && <Progress label={job?.message || "Fetching…"} done={job?.done ?? 0} total={job?.total ?? chosen.length} />}
        {bring.error && <ErrorNote error={bring.error} />}
        {bring.data && bring.data.refused.length > 0 && (
          <div role="status" className={styles["refused"]}>
            <p>{formatCount(bring.data.refused.length, "file")} left out:</p>
            <ul>{bring.data.refused.slice(0, 8).map((one) => <li key={one.name}><code>{one.name}</code> {one.reason}</li>)}</ul>
          </div>
        )}
      </div>
    </Dialog>
  );
}

export function FromDropbox({ project, onDone }: { project: string; onDone: () => void }) {
  const may = useMay()("import-from-dropbox");
  const [open, setOpen] = useState(false);
  const dropbox = useQuery({ ...queries.dropbox(project), enabled: may && project !== "" });
  if (!may || !dropbox.data?.connected) return null;
  return (
    <>
      <Button icon={<CloudDownload />} onClick={() => setOpen(true)}>From Dropbox…</Button>
      {open && <DropboxDialog project={project} onDone={onDone} onClose={() => setOpen(false)} />}
    </>
  );
}
