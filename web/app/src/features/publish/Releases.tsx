// What was online before, the way back to it, and what was done here.
import { request } from "@accid/api-client/client";
import type { Published, PublishPlan } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Badge, ErrorNote } from "@accid/ui/Feedback";
import { useMutation, useQuery } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { formatAgo, formatBytes, formatCount } from "../../shared/format.ts";
import { queries } from "../../shared/queries.ts";
import { Plan } from "./Plan.tsx";
import styles from "./Publish.module.css";

const outcomes = { done: ["success", "online"], failed: ["danger", "failed"], stopped: ["plain", "stopped"] } as const;
const time = (seconds: number) => (seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`);

export type GoBack = (body: { release: string }) => Promise<Published>;

/** One release: look at what would change first, then bring it back. */
function Back({ project, environment, release, busy, onBack }: { project: string; environment: string; release: string; busy: boolean; onBack: (release: string) => void }) {
  const plan = useMutation({ mutationFn: () => request<PublishPlan>(urls.rollback(project, environment), { body: { release, dry_run: true } }) });
  return (
    <div className={styles["back"]}>
      {plan.error && <ErrorNote error={plan.error} />}
      {plan.data && <Plan plan={plan.data} />}
      <Button kind="ghost" busy={plan.isPending} onClick={() => plan.mutate()}>See what would change</Button>
      <Button icon={<RotateCcw />} busy={busy} onClick={() => onBack(release)}>Bring back</Button>
    </div>
  );
}

export function Releases({ project, environment, busy, onBack }: { project: string; environment: string; busy: boolean; onBack: (release: string) => void }) {
  const [open, setOpen] = useState(false);
  const releases = useQuery({ ...queries.releases(project, environment), enabled: open });
  const deployments = useQuery({ ...queries.deployments(project, environment), enabled: open });
  return (
    <details className={styles["releases"]} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Earlier releases and history</summary>
      {releases.error && <ErrorNote error={releases.error} />}
      {releases.data?.length === 0 && <p>Nothing was published here yet.</p>}
      <ul aria-label="Releases">
        {releases.data?.map((one) => (
          <li key={one.release}>
            <p><strong>{formatAgo(one.at)}</strong> {one.online && <Badge tone="success">online</Badge>}<span>{formatCount(one.files, "file")}, {formatBytes(one.bytes)}, by {one.by}</span></p>
            {!one.online && <Back project={project} environment={environment} release={one.release} busy={busy} onBack={onBack} />}
          </li>
        ))}
      </ul>
      {deployments.data && deployments.data.length > 0 && (
        <ol aria-label="History">
          {deployments.data.slice(0, 20).map((one, index) => (
            <li key={index}>
              <p><Badge tone={outcomes[one.outcome][0]}>{outcomes[one.outcome][1]}</Badge> {one.kind === "rollback" ? "Brought back" : "Published"} {formatAgo(one.at)} by {one.by} in {time(one.seconds)}: {formatCount(one.uploaded, "file")} sent, {one.removed} removed</p>
              {one.problem && <p className={styles["problem"]}>{one.problem}</p>}
              {one.seen && one.seen.sight !== "published" && <p className={styles["problem"]}>{one.seen.message}</p>}
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}
