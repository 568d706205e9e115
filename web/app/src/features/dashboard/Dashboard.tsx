// All projects at a glance: find, open, make, rename, copy, remove.
import { list } from "@accid/api-client/client";
import type { Project } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { EmptyState, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { SearchField } from "@accid/ui/SearchField";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Archive, FolderArchive, FolderOpen, FolderPlus, Plus, SearchX } from "lucide-react";
import { useDeferredValue, useEffect, useState } from "react";
import { allowedCommands, useMay } from "../../shared/abilities.ts";
import { registerCommands } from "../../shared/commands.ts";
import { formatCount } from "../../shared/format.ts";
import { queries } from "../../shared/queries.ts";
import { arrange, tagsOf, type Wish } from "./arrange.ts";
import styles from "./Dashboard.module.css";
import { FolderDialog } from "./FolderDialog.tsx";
import { LostFolders } from "./LostFolders.tsx";
import { NewProjectDialog } from "./NewProjectDialog.tsx";
import { ProjectCard } from "./ProjectCard.tsx";
import { Sieve } from "./Sieve.tsx";
import { TemplateStarts } from "./TemplateCards.tsx";
import { ZipDialog } from "./ZipDialog.tsx";

const everything: Wish = { text: "", type: "", tag: "", order: "changed", isArchive: false };

/** The projects in whose pages, photos and stories a text stands, with where. */
function useFound(text: string): Map<string, string[]> {
  const wanted = useDeferredValue(text.trim());
  const found = useQuery({ queryKey: ["projects", "search", wanted], enabled: wanted.length > 1, placeholderData: keepPreviousData, queryFn: () => list<Project>(urls.searchProjects(wanted)) }).data;
  return new Map(wanted.length > 1 ? found?.map((project) => [project.id, project.found ?? []]) : []);
}

export function Dashboard() {
  const may = useMay();
  const projects = useQuery(queries.projects());
  const [wish, setWish] = useState(everything);
  const setText = (text: string) => setWish({ ...wish, text });
  const found = useFound(wish.text);
  /** The template a new project is to begin with, while it is asked for. */
  const [making, setMaking] = useState<string | null>(null);
  const [opening, setOpening] = useState<"folder" | "zip" | null>(null);
  useEffect(() => registerCommands("dashboard", allowedCommands([
    { id: "new-project", title: "New project", group: "Projects", icon: FolderPlus, shortcut: "n", run: () => setMaking("blank") },
    { id: "open-folder", title: "Open a project folder…", group: "Projects", icon: FolderOpen, run: () => setOpening("folder") },
    { id: "take-zip", title: "Take in a project's zip…", group: "Projects", icon: FolderArchive, run: () => setOpening("zip") },
  ])), []);
  const all = projects.data ?? [];
  const wanted = wish.text.trim();
  const shown = arrange(all, wish, found);
  const here = all.filter((project) => project.archived === wish.isArchive);
  const isSifted = Boolean(wanted || wish.type || wish.tag);
  const tags = tagsOf(all);
  const open = may("open-folder") && <Button icon={<FolderOpen />} onClick={() => setOpening("folder")}>Open folder…</Button>;
  const create = may("create-project") && <Button kind="primary" icon={<Plus />} onClick={() => setMaking("blank")}>New project</Button>;
  return (
    <>
      <div className={styles["head"]}>
        <div>
          <h1>{wish.isArchive ? "Archive" : "Projects"}</h1>
          {all.length > 0 && <p className={styles["lead"]} role="status">{isSifted ? `${shown.length} of ${formatCount(here.length, "project")}` : `${formatCount(here.length, "project")} ${wish.isArchive ? "put away" : "on this machine"}`}</p>}
        </div>
        {all.length > 0 && (
          <div className={styles["tools"]}>
            <SearchField label="Search projects" value={wish.text} onChange={setText} />
            {open}
            {create}
          </div>
        )}
      </div>
      <LostFolders />
      {(all.length > 1 || here.length < all.length) && <Sieve wish={wish} tags={tags} archived={all.filter((project) => project.archived).length} onWish={setWish} />}
      {projects.error && <ErrorNote error={projects.error} action={<Button onClick={() => void projects.refetch()}>Try again</Button>} />}
      {projects.isPending && <div className={styles["grid"]} aria-busy="true" role="status" aria-label="Looking for your projects">{[1, 2, 3].map((key) => <Skeleton key={key} height={280} />)}</div>}
      {projects.data && all.length === 0 && (
        <>
          <EmptyState icon={<FolderPlus />} title="Your first website starts here" action={<>{create} {open}</>}>
            <p>A project is a folder on this machine: its pages, its pictures, its history. You write and arrange, ACCID makes plain HTML of it that any web host can show.</p>
          </EmptyState>
          {may("create-project") && <TemplateStarts onStart={setMaking} />}
        </>
      )}
      {all.length > 0 && shown.length === 0 && !isSifted && (
        <EmptyState icon={<Archive />} title={wish.isArchive ? "Nothing is put away" : "All projects are put away"} action={<Button onClick={() => setWish({ ...everything, isArchive: !wish.isArchive })}>{wish.isArchive ? "Show the projects" : "Show the archive"}</Button>}>
          <p>An archived project is kept whole, with its history, and comes back from its menu.</p>
        </EmptyState>
      )}
      {all.length > 0 && shown.length === 0 && isSifted && (
        <EmptyState icon={<SearchX />} title={wanted ? `No project is called “${wanted}”` : "No project is like that"} action={<Button onClick={() => setWish({ ...everything, isArchive: wish.isArchive })}>Show all</Button>}>
          <p>The search looks at names, kinds, tags, and what is written in pages and photos. Removed projects are in the trash.</p>
        </EmptyState>
      )}
      {shown.length > 0 && <ul className={styles["grid"]}>{shown.map((project) => <li key={project.id} className={styles["cell"]}><ProjectCard project={project} tags={tags} found={wanted ? found.get(project.id) ?? [] : []} /></li>)}</ul>}
      {opening === "zip" && <ZipDialog onClose={() => setOpening(null)} />}
      {opening === "folder" && <FolderDialog onClose={() => setOpening(null)} asking={{
        title: "Open a project folder", label: "Folder", button: "Open", url: urls.openedFolders, start: "",
        help: "A folder of this machine or a stick with an `accid_blotter.json` in it. From then on ACCID works in it.", done: (project) => `“${project.name}” is one of your projects now.`,
      }} />}
      {making !== null && <NewProjectDialog start={making} onClose={() => setMaking(null)} />}
    </>
  );
}
