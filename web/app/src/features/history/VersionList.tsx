// Versions, newest first, under the day they were made. Only the rows in view exist, so that ten thousand cost no more
// than ten.
import type { Version } from "@accid/api-client/types";
import { Badge } from "@accid/ui/Feedback";
import { Pin } from "lucide-react";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { formatCount, formatTime } from "../../shared/format.ts";
import styles from "./History.module.css";
import { dayHeight, heightOf, rowAt, rowsOf, versionHeight, type Row } from "./timeline.ts";
import { useVersions } from "./useVersions.ts";

const kinds: Record<string, string | null> = { automatic: null, named: "named", outside: "another program" };
const beyond = 6;

/** What a version is about, in its own words or those of what changed. */
export function describe(version: Version): string {
  if (version.message) return version.message;
  const files = version.paths.map((path) => path.replace(/^(pages|photos|albums|tracks|stories|settings)\//, "").replace(/\.json$/, "").replace(/^waypoint$/, "privacy and clocks").replace("accid_blotter", "settings of the project"));
  return files.length > 0 ? `Changed ${files.slice(0, 3).join(", ")}${files.length > 3 ? "…" : ""}` : "Changed";
}

interface Props { project: string; moments: number[]; chosen: number; onChoose: (place: number) => void }

function VersionRow({ version, at, isChosen, onChoose }: { version: Version | undefined; at: number; isChosen: boolean; onChoose: () => void }) {
  const made = new Date(at * 1000).toISOString();
  const badge = version && kinds[version.kind];
  return (
    <button type="button" className={styles["version"]} data-kind={version?.kind} data-pinned={version?.pinned || undefined} aria-current={isChosen ? "true" : undefined} onClick={onChoose}>
      <time dateTime={made}>{formatTime(made)}</time>
      <span>
        <strong title={version && describe(version)}>{version ? describe(version) : "…"}</strong>
        <small>
          {version && <span>{formatCount(version.changes, "change")}{version.author && ` · ${version.author}`}</span>}
          {version?.pinned && <Pin aria-label="Pinned" role="img" />}{badge && <Badge tone="accent">{badge}</Badge>}
          {version?.note && <em title={version.note}>{version.note}</em>}
        </small>
      </span>
    </button>
  );
}

export function VersionList({ project, moments, chosen, onChoose }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const rows = useMemo(() => rowsOf(moments), [moments]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => setView({ top: element.scrollTop, height: element.clientHeight || 600 });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => { sizes.disconnect(); element.removeEventListener("scroll", look); };
  }, []);
  // What is chosen elsewhere, by the scrubber, comes into view.
  useEffect(() => {
    const element = box.current;
    const row = rows.find((one) => one.kind === "version" && one.place === chosen);
    if (!element || !row) return;
    const hidden = row.top < element.scrollTop + dayHeight || row.top + versionHeight > element.scrollTop + element.clientHeight;
    if (hidden) element.scrollTop = Math.max(0, row.top - element.clientHeight / 2 + versionHeight / 2);
  }, [rows, chosen]);
  const first = Math.max(0, rowAt(rows, view.top) - beyond);
  const last = Math.min(rows.length, rowAt(rows, view.top + view.height) + beyond);
  const shown = rows.slice(first, last);
  const places = shown.map((row) => row.place);
  const versionAt = useVersions(project, moments, Math.min(...places), Math.max(...places));
  const today = rows.slice(0, rowAt(rows, view.top) + 1).findLast((row) => row.kind === "day");
  const isEdge = (row: Row, index: number) => rows[index + 1]?.kind !== "version" ? "last" : rows[index - 1]?.kind === "day" && row.kind === "version" ? "first" : undefined;
  return (
    <div ref={box} className={styles["scroll"]}>
      {today?.kind === "day" && <div className={styles["today"]} aria-hidden="true"><span>{today.day}</span></div>}
      <ul className={styles["rows"]} style={{ height: heightOf(rows) }} aria-label={formatCount(moments.length, "version")}>
        {shown.map((row, index) => (
          <li key={`${row.kind}-${row.kind === "day" ? row.day : moments[row.place]}-${row.place}`} data-row={row.kind} data-edge={isEdge(row, first + index)} style={{ top: row.top, height: row.kind === "day" ? dayHeight : versionHeight }}>
            {row.kind === "day" ? <h3 className={styles["day"]}>{row.day}</h3>
              : <VersionRow version={versionAt(row.place)} at={moments[row.place] ?? 0} isChosen={row.place === chosen} onChoose={() => onChoose(row.place)} />}
          </li>
        ))}
      </ul>
    </div>
  );
}
