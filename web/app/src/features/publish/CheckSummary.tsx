// How the site stands before it is published, in one line, and the way to the whole check.
import { Button } from "@accid/ui/Button";
import { Badge } from "@accid/ui/Feedback";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck, ListChecks } from "lucide-react";
import { formatCount } from "../../shared/format.ts";
import { queries } from "../../shared/queries.ts";
import styles from "./Publish.module.css";

export function CheckSummary({ project, onCheck }: { project: string; onCheck: () => void }) {
  const { data } = useQuery(queries.check(project));
  if (!data) return null;
  const { errors, warnings } = data.counts;
  return (
    <div className={styles["check"]} role="status">
      {errors > 0 && <Badge tone="danger">{formatCount(errors, "error")}</Badge>}
      {warnings > 0 && <Badge tone="accent">{formatCount(warnings, "warning")}</Badge>}
      {errors + warnings === 0 && <span><CircleCheck aria-hidden="true" /> The check found nothing to mend.</span>}
      <Button kind="ghost" icon={<ListChecks />} onClick={onCheck}>Look at the check</Button>
    </div>
  );
}
