// Versions, newest first, under the day they were made.
import type { Version } from "@accid/api-client/types";
import { Badge } from "@accid/ui/Feedback";
import { formatCount, formatDay, formatTime } from "../../shared/format.ts";
import styles from "./History.module.css";

const kinds: Record<string, string | null> = { automatic: null, named: "named", outside: "another program" };

/** What a version is about, in its own words or those of what changed. */
export function describe(version: Version): string {
  if (version.message) return version.message;
  const files = version.paths.map((path) => path.replace(/^(pages|photos|albums|tracks|stories|settings)\//, "").replace(/\.json$/, "").replace(/^waypoint$/, "privacy and clocks").replace("accid_blotter", "settings of the project"));
  return files.length > 0 ? `Changed ${files.slice(0, 3).join(", ")}${files.length > 3 ? "…" : ""}` : "Changed";
}

export function VersionList({ versions, chosen, onChoose }: { versions: Version[]; chosen: string | null; onChoose: (version: Version) => void }) {
  const days = [...new Set(versions.map((version) => formatDay(version.at)))];
  return days.map((day) => (
    <section key={day} aria-label={day}>
      <h3 className={styles["day"]}>{day}</h3>
      <ul className={styles["list"]}>
        {versions.filter((version) => formatDay(version.at) === day).map((version) => (
          <li key={version.id}>
            <button type="button" className={styles["version"]} data-kind={version.kind} aria-current={version.id === chosen ? "true" : undefined} onClick={() => onChoose(version)}>
              <time dateTime={version.at}>{formatTime(version.at)}</time>
              <span>
                <strong>{describe(version)}</strong>
                <small>{formatCount(version.changes, "change")}{version.author && ` · ${version.author}`}{kinds[version.kind] && <Badge tone="accent">{kinds[version.kind]}</Badge>}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  ));
}
