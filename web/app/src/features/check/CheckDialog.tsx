// The check before publishing: all there is to look at, page by page, each with the way to where it is mended.
import type { CheckItem, Project } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { Badge, EmptyState, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck, RefreshCw } from "lucide-react";
import { useState } from "react";
import { runCommand } from "../../shared/commands.ts";
import { formatCount } from "../../shared/format.ts";
import { wantSelection, type Wanted } from "../../shared/goTo.ts";
import { queries } from "../../shared/queries.ts";
import { navigate, paths } from "../../shared/router.tsx";
import styles from "./Check.module.css";
import { goalOf, groupItems } from "./check.ts";

type Severity = CheckItem["severity"];
const kinds: { severity: Severity; count: "errors" | "warnings" | "notes"; one: string; tone: "danger" | "accent" | "plain"; title: string }[] = [
  { severity: "error", count: "errors", one: "error", tone: "danger", title: "Errors" },
  { severity: "warning", count: "warnings", one: "warning", tone: "accent", title: "Warnings" },
  { severity: "note", count: "notes", one: "note", tone: "plain", title: "Notes" },
];

interface Props { project: Project; pageId: string; onSelect: (place: Wanted) => void; onClose: () => void }

export function CheckDialog({ project, pageId, onSelect, onClose }: Props) {
  const check = useQuery(queries.check(project.slug));
  const [shown, setShown] = useState<Set<Severity>>(new Set(["error", "warning", "note"]));
  const toggle = (severity: Severity) => setShown((now) => {
    const next = new Set(now);
    if (!next.delete(severity)) next.add(severity);
    return next;
  });
  const go = (item: CheckItem) => {
    const goal = goalOf(item);
    onClose();
    if (goal?.kind === "panel") window.setTimeout(() => runCommand(goal.command));
    else if (goal?.page === pageId) onSelect(goal);
    else if (goal) {
      wantSelection(goal.page, goal);
      navigate(paths.builder(project.slug, goal.slug));
    }
  };
  const data = check.data;
  const groups = data ? groupItems(data.items, shown) : [];
  return (
    <Dialog title="Check" size="large" onClose={onClose}>
      <div className={styles["panel"]} data-check={data ? data.items.length : ""}>
        {check.isPending && <Skeleton height={200} />}
        {check.error && <ErrorNote error={check.error} />}
        {data && data.items.length > 0 && (
          <div className={styles["head"]}>
            <div role="group" aria-label="What to show" className={styles["filters"]}>
              {kinds.filter(({ count }) => data.counts[count] > 0).map(({ severity, count, title }) => (
                <Button key={severity} aria-pressed={shown.has(severity)} onClick={() => toggle(severity)}>{title}: {data.counts[count]}</Button>
              ))}
            </div>
            <Button kind="ghost" icon={<RefreshCw />} busy={check.isFetching} onClick={() => void check.refetch()}>Check again</Button>
          </div>
        )}
        {data && data.languages.length > 0 && (
          <section aria-label="Translations" className={styles["languages"]}>
            {data.languages.map((one) => (
              <label key={one.language}><span lang="">{one.language}</span><progress value={one.translated} max={Math.max(1, one.texts)} /><span>{one.translated} of {formatCount(one.texts, "text")}</span></label>
            ))}
          </section>
        )}
        {data?.items.length === 0 && <EmptyState icon={<CircleCheck />} title="Nothing to mend"><p>Links, pictures, titles and colours are as they should be.</p></EmptyState>}
        {groups.map((group) => (
          <section key={group.page ?? ""} aria-label={group.title} className={styles["group"]}>
            <h3>{group.title}</h3>
            <ul className={styles["items"]}>
              {group.items.map((item, index) => (
                <li key={index} className={styles["item"]} data-code={item.code}>
                  <Badge tone={kinds.find((kind) => kind.severity === item.severity)?.tone ?? "plain"}>{item.severity}</Badge>
                  <div><p>{item.message}{item.times > 1 && <span className={styles["times"]}> {item.times} times; the first is shown.</span>}</p>{item.fix && <p className={styles["fix"]}>{item.fix}</p>}</div>
                  {goalOf(item) && <Button aria-label={`Go there: ${item.message}`} onClick={() => go(item)}>Go there</Button>}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
