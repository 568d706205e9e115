// How a project is: when it was published, what it takes, what there is to look at. Asked for when its card is in view.
import { request } from "@accid/api-client/client";
import type { Project, ProjectFacts } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import { useRef } from "react";
import { formatAgo, formatBytes, formatCount } from "../../shared/format.ts";
import { useNear } from "../../shared/useNear.ts";
import { changedAt } from "./arrange.ts";
import styles from "./Dashboard.module.css";

function Health({ health }: { health: ProjectFacts["health"] }) {
  const { errors, warnings, notes } = health;
  if (errors > 0) return <span data-health="error"><CircleX aria-hidden="true" />{formatCount(errors, "error")}</span>;
  if (warnings > 0) return <span data-health="warning"><TriangleAlert aria-hidden="true" />{formatCount(warnings, "warning")}</span>;
  if (notes > 0) return <span><Info aria-hidden="true" />{formatCount(notes, "note")}</span>;
  return <span data-health="good"><CircleCheck aria-hidden="true" />All well</span>;
}

export function CardFacts({ project }: { project: Project }) {
  const box = useRef<HTMLParagraphElement>(null);
  const near = useNear(box);
  const facts = useQuery({
    queryKey: ["facts", project.id, project.etag, changedAt(project)], enabled: near, staleTime: 0,
    queryFn: () => request<ProjectFacts>(urls.projectFacts(project.id)),
  }).data;
  const last = project.last_deploy;
  return (
    <p ref={box} className={styles["facts"]}>
      {last && <time dateTime={last.at} title={new Date(last.at).toLocaleString()} data-health={last.outcome === "failed" ? "error" : undefined}>{last.outcome === "done" ? "Published" : last.outcome === "failed" ? "Publishing failed" : "Publishing stopped"} {formatAgo(last.at)}</time>}
      {facts ? <><span title="On disk, with its history and all that is made of it">{formatBytes(facts.total_bytes)}</span><Health health={facts.health} /></> : <span>…</span>}
    </p>
  );
}
