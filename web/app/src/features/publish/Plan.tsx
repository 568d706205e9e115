// What publishing would do, file by file, before it does anything.
import type { PublishPlan } from "@accid/api-client/types";
import { formatBytes, formatCount } from "../../shared/format.ts";
import { Findings } from "./Findings.tsx";
import styles from "./Publish.module.css";

const kinds = [["added", "New"], ["changed", "Changed"], ["removed", "Removed"]] as const;

export function Plan({ plan }: { plan: PublishPlan }) {
  const nothing = plan.added.length + plan.changed.length + plan.removed.length === 0;
  return (
    <div className={styles["plan"]} role="status">
      <p>{nothing ? `Nothing to do: ${formatCount(plan.unchanged, "file")} are already there.` : `${formatBytes(plan.bytes)} to write; ${formatCount(plan.unchanged, "file")} stay as they are.`}</p>
      {kinds.filter(([kind]) => plan[kind].length > 0).map(([kind, title]) => (
        <details key={kind} open={plan[kind].length <= 12}>
          <summary>{title}: {plan[kind].length}</summary>
          <ul>{plan[kind].map((file) => <li key={file}><code>{file}</code></li>)}</ul>
        </details>
      ))}
      <Findings findings={plan.findings} />
    </div>
  );
}
