// How far the photos are that are on their way, and those that could not be taken, each with its reason.
import { Button, IconButton } from "@accid/ui/Button";
import { TriangleAlert, X } from "lucide-react";
import { useState } from "react";
import { formatBytes, formatCount } from "../../../shared/format.ts";
import { cancelUploads, dismissUploads, useUploads } from "../model/uploads.ts";
import styles from "./Photos.module.css";

export function UploadPanel() {
  const { running, files, finished, added, bytes, sent, current, refused } = useUploads();
  const [open, setOpen] = useState(true);
  if (!running && refused.length === 0) return null;
  return (
    <section className={styles["uploads"]} aria-label="Adding photos">
      <div className={styles["uploadHead"]}>
        <strong>{running ? `Adding photos: ${finished.toLocaleString()} of ${files.toLocaleString()}` : `${formatCount(added, "photo")} added, ${refused.length} not`}</strong>
        {running ? <Button onClick={cancelUploads}>Stop</Button> : <IconButton label="Dismiss" onClick={dismissUploads}><X /></IconButton>}
      </div>
      {running && <>
        <progress aria-label="Sent" value={sent} max={Math.max(1, bytes)} />
        <p className={styles["uploadNow"]}>{formatBytes(Math.min(sent, bytes))} of {formatBytes(bytes)} · {current}</p>
      </>}
      {refused.length > 0 && (
        <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary><TriangleAlert aria-hidden="true" />{formatCount(refused.length, "file")} could not be taken</summary>
          <ul tabIndex={0} aria-label="Files that could not be taken">{refused.map((one, index) => <li key={index}><strong>{one.name}</strong> {one.reason}</li>)}</ul>
        </details>
      )}
    </section>
  );
}
