// All projects at a glance: find, open, make, rename, copy, remove.
import type { Project } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { EmptyState, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { SearchField } from "@accid/ui/SearchField";
import { useQuery } from "@tanstack/react-query";
import { FolderPlus, Plus, SearchX } from "lucide-react";
import { useEffect, useState } from "react";
import { allowedCommands, useMay } from "../../shared/abilities.ts";
import { registerCommands } from "../../shared/commands.ts";
import { formatCount } from "../../shared/format.ts";
import { queries } from "../../shared/queries.ts";
import styles from "./Dashboard.module.css";
import { NewProjectDialog } from "./NewProjectDialog.tsx";
import { ProjectCard } from "./ProjectCard.tsx";
import { typeOf } from "./projectTypes.ts";
import { TemplateStarts } from "./TemplateCards.tsx";

const changedAt = (project: Project) => project.updated_at ?? project.created_at;
const wordsOf = (project: Project) => `${project.name} ${project.slug} ${typeOf(project.type)?.title ?? project.type}`.toLowerCase();

export function Dashboard() {
  const may = useMay();
  const projects = useQuery(queries.projects());
  const [text, setText] = useState("");
  /** The template a new project is to begin with, while it is asked for. */
  const [making, setMaking] = useState<string | null>(null);
  useEffect(() => registerCommands("dashboard", allowedCommands([
    { id: "new-project", title: "New project", group: "Projects", icon: FolderPlus, shortcut: "n", run: () => setMaking("blank") },
  ])), []);
  const all = projects.data ?? [];
  const wanted = text.trim().toLowerCase();
  const shown = all.filter((project) => wordsOf(project).includes(wanted)).sort((a, b) => changedAt(b).localeCompare(changedAt(a)));
  const create = may("create-project") && <Button kind="primary" icon={<Plus />} onClick={() => setMaking("blank")}>New project</Button>;
  return (
    <>
      <div className={styles["head"]}>
        <div>
          <h1>Projects</h1>
          {all.length > 0 && <p className={styles["lead"]} role="status">{wanted ? `${shown.length} of ${formatCount(all.length, "project")}` : `${formatCount(all.length, "project")} on this machine`}</p>}
        </div>
        {all.length > 0 && (
          <div className={styles["tools"]}>
            <SearchField label="Search projects" value={text} onChange={setText} />
            {create}
          </div>
        )}
      </div>
      {projects.error && <ErrorNote error={projects.error} action={<Button onClick={() => void projects.refetch()}>Try again</Button>} />}
      {projects.isPending && <div className={styles["grid"]} aria-busy="true" role="status" aria-label="Looking for your projects">{[1, 2, 3].map((key) => <Skeleton key={key} height={280} />)}</div>}
      {projects.data && all.length === 0 && (
        <>
          <EmptyState icon={<FolderPlus />} title="Your first website starts here" action={create}>
            <p>A project is a folder on this machine: its pages, its pictures, its history. You write and arrange, ACCID makes plain HTML of it that any web host can show.</p>
          </EmptyState>
          {may("create-project") && <TemplateStarts onStart={setMaking} />}
        </>
      )}
      {all.length > 0 && shown.length === 0 && (
        <EmptyState icon={<SearchX />} title={`No project is called “${text.trim()}”`} action={<Button onClick={() => setText("")}>Show all</Button>}>
          <p>The search looks at names and kinds. Removed projects are in the trash.</p>
        </EmptyState>
      )}
      {shown.length > 0 && <ul className={styles["grid"]}>{shown.map((project) => <li key={project.id} className={styles["cell"]}><ProjectCard project={project} /></li>)}</ul>}
      {making !== null && <NewProjectDialog start={making} onClose={() => setMaking(null)} />}
    </>
  );
}
