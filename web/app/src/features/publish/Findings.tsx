// What a check found in the site, so that it can be mended before visitors see it.
import type { Finding } from "@accid/api-client/types";
import { Badge } from "@accid/ui/Feedback";
import { formatCount } from "../../shared/format.ts";
import styles from "./Publish.module.css";

const tones = { note: "plain", warning: "accent", error: "danger" } as const;

export function Findings({ findings }: { findings: Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <details className={styles["findings"]}>
      <summary>{formatCount(findings.length, "thing")} to look at</summary>
      <ul>{findings.map((finding, index) => <li key={index}><Badge tone={tones[finding.severity]}>{finding.severity}</Badge><span>{finding.message}{finding.path && <> <code>{finding.path}</code></>}</span></li>)}</ul>
    </details>
  );
}
