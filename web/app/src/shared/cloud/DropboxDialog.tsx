// Takes pictures out of Dropbox: its folders, what is chosen in them, and how far it is.
import type { Imported } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { EmptyState, Note, Progress, Skeleton } from "@accid/ui/Feedback";
import { useMutation, useQuery } from "@tanstack/react-query";
import { CloudDownload, Images } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { toast } from "../announce.ts";
import { formatCount } from "../format.ts";
import { queries, refreshProjects } from "../queries.ts";
import { StopButton } from "../StopButton.tsx";
import { useJob } from "../useJob.ts";
import { chosenElsewhere, outcomeOf } from "./choice.ts";
import styles from "./Cloud.module.css";
import { CloudList } from "./CloudList.tsx";
import { CloudTrouble } from "./CloudTrouble.tsx";

const mostReasons = 8;

/** The folders above this one, outermost first. */
function trail(path: string) {
  const names = path.split("/").filter(Boolean);
  return [{ name: "Dropbox", path: "" }, ...names.map((name, index) => ({ name, path: `/${names.slice(0, index + 1).join("/")}` }))];
}

function useFolder(project: string, path: string) {
  const folder = useQuery(queries.dropboxFolder(project, path));
  const [last, setLast] = useState<{ path: string; error: Error } | null>(null);
  if (folder.error && folder.error !== last?.error) setLast({ path, error: folder.error });
  // While it is asked again, what was said last stays.
  const trouble = folder.error ?? (folder.isPending && last?.path === path ? last.error : null);
  return { entries: folder.data, trouble, isAsked: folder.isFetching, again: () => void folder.refetch() };
}

function Trail({ path, busy, onOpen }: { path: string; busy: boolean; onOpen: (path: string) => void }) {
  const here = useRef<HTMLElement>(null);
  const from = useRef(path);
  // What was pressed to come here is gone.
  useEffect(() => { if (from.current !== path) here.current?.focus(); from.current = path; }, [path]);
  return (
    <nav aria-label="Folders above" className={styles["trail"]}>
      {trail(path).map((one, index, every) => index === every.length - 1
        ? <strong key={one.path} ref={here} tabIndex={-1} aria-current="page">{one.name}</strong>
        : <span key={one.path}><button type="button" disabled={busy} onClick={() => onOpen(one.path)}>{one.name}</button><span aria-hidden="true"> / </span></span>)}
    </nav>
  );
}

function Outcome({ imported }: { imported: Imported }) {
  const { sentence, failed } = outcomeOf(imported);
  if (!sentence) return null;
  return (
    <Note>
      <p>{sentence}</p>
      {failed.length > 0 && <ul className={styles["reasons"]}>{failed.slice(0, mostReasons).map((one, index) => <li key={`${index} ${one.name}`}>{one.reason}</li>)}{failed.length > mostReasons && <li>and {failed.length - mostReasons} more</li>}</ul>}
    </Note>
  );
}

interface Props {
  project: string;
  onStart?: () => void;
  /** What came of it, nothing when it failed or was stopped; then some may have come. */
  onEnd: (imported: Imported | undefined, asked: number) => void;
  onClose: () => void;
}

export function DropboxDialog({ project, onStart, onEnd, onClose }: Props) {
  const [path, setPath] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const stop = useRef<HTMLButtonElement>(null);
  const done = useRef<HTMLButtonElement>(null);
  const wasBusy = useRef(false);
  const { entries, trouble, isAsked, again } = useFolder(project, path);
  const { job, stopping, start, cancel } = useJob<Imported>();
  const bring = useMutation({
    mutationFn: (paths: string[]) => start(urls.dropboxImport(project), { paths }),
    onMutate: onStart,
    onSuccess: ({ taken }) => { setChosen([]); if (taken > 0) toast(`${formatCount(taken, "picture")} taken in. The originals are kept as they are.`, { tone: "success" }); },
    onSettled: (imported, _error, paths) => { refreshProjects(); onEnd(imported, paths.length); },
  });
  const busy = bring.isPending;
  useEffect(() => {
    if (busy) stop.current?.focus();
    else if (wasBusy.current && document.activeElement === document.body) done.current?.focus();
    wasBusy.current = busy;
  }, [busy]);
  const known = new Set(chosen);
  const pictures = entries?.filter((entry) => entry.picture).map((entry) => entry.path) ?? [];
  const all = pictures.length > 0 && pictures.every((one) => known.has(one));
  const elsewhere = chosenElsewhere(chosen, path);
  const open = (to: string) => { setPath(to); bring.reset(); };
  const toggle = (one: string) => setChosen(known.has(one) ? chosen.filter((other) => other !== one) : [...chosen, one]);
  const toggleAll = () => { const here = new Set(pictures); setChosen(all ? chosen.filter((one) => !here.has(one)) : [...new Set([...chosen, ...pictures])]); };
  const footer = busy
    ? <StopButton ref={stop} stopping={stopping} onStop={cancel} />
    : <><Button ref={done} onClick={onClose}>Done</Button><Button kind="primary" icon={<CloudDownload />} disabled={chosen.length === 0} onClick={() => bring.mutate(chosen)}>{chosen.length === 0 ? "Take in" : `Take in ${formatCount(chosen.length, "picture")}`}</Button></>;
  return (
    <Dialog title="From Dropbox" size="medium" onClose={busy ? cancel : onClose} footer={footer}>
      <div className={styles["panel"]}>
        <Trail path={path} busy={busy} onOpen={open} />
        {busy && <Progress label={job?.message || "Fetching…"} done={job?.done ?? 0} total={job?.total ?? chosen.length} />}
        {bring.error && <CloudTrouble error={bring.error} />}
        {bring.data && <Outcome imported={bring.data} />}
        {trouble && !bring.error && <CloudTrouble error={trouble} action={<Button busy={isAsked} onClick={again}>Try again</Button>} />}
        {!entries && !trouble && <div className={styles["waiting"]}><Skeleton height="100%" /><p role="status">Asking Dropbox…</p></div>}
        {entries?.length === 0 && <EmptyState icon={<Images />} title="Nothing in here"><p>Put pictures into this folder with Dropbox on any machine or phone; they appear here then.</p></EmptyState>}
        {entries && entries.length > 0 && <CloudList project={project} label={path || "Dropbox"} entries={entries} chosen={known} busy={busy} onOpen={open} onChoose={toggle} />}
        {(pictures.length > 1 || elsewhere) && !busy && (
          <div className={styles["choice"]}>
            {pictures.length > 1 && <Button kind="ghost" onClick={toggleAll}>{all ? "Choose none of this folder" : `Choose all ${pictures.length} of this folder`}</Button>}
            {elsewhere && <><p role="status">{elsewhere}</p><Button kind="ghost" onClick={() => setChosen([])}>Choose none</Button></>}
          </div>
        )}
      </div>
    </Dialog>
  );
}
