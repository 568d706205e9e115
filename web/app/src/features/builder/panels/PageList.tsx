// The pages of the project as they are nested; of a tutorial, those that are no steps.
import { IconButton } from "@accid/ui/Button";
import { useQuery } from "@tanstack/react-query";
import { FilePlus2 } from "lucide-react";
import { runCommand } from "../../../shared/commands.ts";
import { queries } from "../../../shared/queries.ts";
import { PageRows } from "./PageRows.tsx";
import { nestPages } from "./pageTree.ts";
import styles from "./Panels.module.css";
import { isStep } from "./steps.ts";

interface Props { project: string; current: string; withoutSteps?: boolean; onGone?: () => void }

export function PageList({ project, current, withoutSteps = false, onGone }: Props) {
  const pages = useQuery(queries.pages(project)).data ?? [];
  const shown = nestPages(pages).filter(({ page }) => !withoutSteps || !isStep(page));
  return (
    <nav aria-label="Pages">
      <div className={styles["sectionHead"]}><h2>{withoutSteps ? "Other pages" : "Pages"}</h2><IconButton label="New page" shortcut="N" onClick={() => runCommand("new-page")}><FilePlus2 /></IconButton></div>
      <PageRows project={project} current={current} pages={pages} shown={shown} {...(onGone ? { onGone } : {})} />
    </nav>
  );
}
