// All projects at a glance: find, open, make, rename, copy, remove.
import type { Project } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { EmptyState, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useQuery } from "@tanstack/react-query";
import { FolderPlus, Plus, SearchX } from "lucide-react";
import { useEffect, useState } from "react";
import { registerCommands } from "../../shared/commands.ts";
import { formatCount } from "../../shared/format.ts";
import { queries } from "../../shared/queries.ts";
import styles from "./Dashboard.module.css";
import { NewProjectDialog } from "./NewProjectDialog.tsx";
import { ProjectCard } from "./ProjectCard.tsx";

const changedAt = (project: Project) => project.updated_at ?? project.created_at;

export function Dashboard() {
  const projects = useQuery(queries.projects());
  const [text, setText] = useState("");
  const [creating, setCreating] = useState(false);
  useEffect(() => registerCommands("dashboard", [
    { id: "new-project", title: "New project", group: "Projects", icon: FolderPlus, shortcut: "n", run: () => setCreating(true) },
  ]), []);
  const all = projects.data ?? [];
  const shown = all
    .filter((project) => `${project.name} ${project.slug} ${project.type}`.toLowerCase().includes(text.trim().toLowerCase()))
    .sort((a, b) => changedAt(b).localeCompare(changedAt(a)));
  const create = <Button kind="primary" icon={<Plus />} onClick={() => setCreating(true)}>New project</Button>;
  return (
    <>
      <div className={styles["head"]}>
        <div>
          <h1>Projects</h1>
          <p className={styles["lead"]}>{projects.data ? `${formatCount(all.length, "project")} on this machine` : "Looking for your projects…"}</p>
        </div>
        <div className={styles["tools"]}>
          {all.length > 0 && <TextField label="Search projects" hideLabel type="search" placeholder="Search" value={text} onChange={(event) => setText(event.target.value)} />}
          {create}
        </div>
      </div>
      {projects.error && <ErrorNote error={projects.error} action={<Button onClick={() => void projects.refetch()}>Try again</Button>} />}
      {projects.isPending && <div className={styles["grid"]} aria-busy="true">{[1, 2, 3].map((key) => <Skeleton key={key} height={290} />)}</div>}
      {projects.data && all.length === 0 && (
        <EmptyState icon={<FolderPlus />} title="Your first website starts here" action={create}>
          <p>A project is a folder on this machine: its pages, its pictures, its history. You write and arrange, ACCID makes plain HTML of it that any web host can show.</p>
        </EmptyState>
      )}
      {all.length > 0 && shown.length === 0 && (
        <EmptyState icon={<SearchX />} title={`No project is called “${text}”`} action={<Button onClick={() => setText("")}>Show all</Button>}>
          <p>The search looks at names and types. Removed projects are in the trash.</p>
        </EmptyState>
      )}
      <ul className={styles["grid"]}>{shown.map((project) => <li key={project.id}><ProjectCard project={project} /></li>)}</ul>
      {creating && <NewProjectDialog onClose={() => setCreating(false)} />}
    </>
  );
}
