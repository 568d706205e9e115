// What is in a folder: the folders in it, its pictures to choose from, and the other files.
import type { CloudEntry } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { File, Folder, Image } from "lucide-react";
import { useState } from "react";
import { formatBytes } from "../format.ts";
import styles from "./Cloud.module.css";

function Thumbnail({ source }: { source: string }) {
  const [failed, setFailed] = useState(false);
  return (
    <span className={styles["thumbnail"]}>
      <Image aria-hidden="true" />
      {!failed && <img loading="lazy" decoding="async" alt="" src={source} onError={() => setFailed(true)} />}
    </span>
  );
}

interface EntryProps { project: string; entry: CloudEntry; chosen: boolean; busy: boolean; onOpen: () => void; onChoose: () => void }

function Entry({ project, entry, chosen, busy, onOpen, onChoose }: EntryProps) {
  if (entry.kind === "folder") return <li><button type="button" className={styles["row"]} disabled={busy} onClick={onOpen}><Folder aria-hidden="true" /><span>{entry.name}</span></button></li>;
  if (!entry.picture) return <li><span className={styles["row"]} data-other=""><File aria-hidden="true" /><span>{entry.name}</span><small>not a picture</small></span></li>;
  return (
    <li data-picture=""><label className={styles["tile"]} title={entry.name}>
      <Thumbnail source={urls.dropboxThumbnail(project, entry.path)} />
      <input type="checkbox" checked={chosen} disabled={busy} onChange={onChoose} />
      <span className={styles["name"]}>{entry.name}</span> <small>{formatBytes(entry.bytes)}</small>
    </label></li>
  );
}

const rank = (entry: CloudEntry) => (entry.kind === "folder" ? 0 : entry.picture ? 1 : 2);

interface Props { project: string; label: string; entries: CloudEntry[]; chosen: ReadonlySet<string>; busy: boolean; onOpen: (path: string) => void; onChoose: (path: string) => void }

export function CloudList({ project, label, entries, chosen, busy, onOpen, onChoose }: Props) {
  const sorted = [...entries].sort((one, other) => rank(one) - rank(other));
  return (
    <ul className={styles["entries"]} aria-label={label}>
      {sorted.map((entry) => <Entry key={entry.path} project={project} entry={entry} chosen={chosen.has(entry.path)} busy={busy} onOpen={() => onOpen(entry.path)} onChoose={() => onChoose(entry.path)} />)}
    </ul>
  );
}
