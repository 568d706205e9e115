// One project: how its entry page looks, what it is, what can be done with it.
import { request } from "@accid/api-client/client";
import type { Project } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Badge } from "@accid/ui/Feedback";
import { Menu } from "@accid/ui/Menu";
import { useMutation } from "@tanstack/react-query";
import { Copy, FileCode2, FolderOpen, Images, PencilLine, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast, toastError } from "../../shared/announce.ts";
import { formatAgo, formatCount } from "../../shared/format.ts";
import { Preview } from "../../shared/Preview.tsx";
import { refreshProjects } from "../../shared/queries.ts";
import { Link, navigate, paths } from "../../shared/router.tsx";
import styles from "./Dashboard.module.css";
import { projectTypes } from "./projectTypes.ts";
import { RenameDialog } from "./RenameDialog.tsx";

export function ProjectCard({ project }: { project: Project }) {
  const [renaming, setRenaming] = useState(false);
  const changed = project.updated_at ?? project.created_at;
  const duplicate = useMutation({
    mutationFn: () => request<Project>(urls.duplicateProject(project.id), { body: {} }),
    onSuccess: (copy) => { refreshProjects(); toast(`“${copy.name}” is a copy of “${project.name}”.`, { tone: "success" }); },
    onError: toastError,
  });
  const restore = () => void request(urls.restoreTrash(project.id), { body: {} }).then(refreshProjects).catch(toastError);
  const remove = useMutation({
    mutationFn: () => request(urls.project(project.id), { method: "DELETE", ifMatch: project.etag }),
    onSuccess: () => { refreshProjects(); toast(`“${project.name}” is in the trash.`, { action: { title: "Undo", run: restore } }); },
    onError: toastError,
  });
  const hasPages = project.type !== "react" && project.pages > 0;
  return (
    <article className={styles["card"]} aria-label={project.name}>
      <div className={styles["picture"]}>
        {hasPages ? <Preview project={project.slug} revision={`${project.etag}${changed}`} /> : <div className={styles["blank"]}>{project.type === "react" ? <FileCode2 /> : <Images />}</div>}
      </div>
      <div className={styles["text"]}>
        <div className={styles["words"]}>
          <h2 className={styles["name"]}><Link to={paths.builder(project.slug)}>{project.name}</Link></h2>
          <div className={styles["facts"]}>
            <Badge>{projectTypes.find((type) => type.name === project.type)?.title ?? project.type}</Badge>
            <span>{formatCount(project.pages, "page")}</span>
            <time dateTime={changed} title={new Date(changed).toLocaleString()}>changed {formatAgo(changed)}</time>
          </div>
        </div>
        <div className={styles["menu"]}>
          <Menu label={`Actions for ${project.name}`} items={[
            { title: "Open", icon: <FolderOpen />, run: () => navigate(paths.builder(project.slug)) },
            { title: "Rename", icon: <PencilLine />, run: () => setRenaming(true) },
            { title: "Duplicate", icon: <Copy />, run: () => duplicate.mutate() },
            { title: "Move to trash", icon: <Trash2 />, danger: true, run: () => remove.mutate() },
          ]} />
        </div>
      </div>
      {renaming && <RenameDialog project={project} onClose={() => setRenaming(false)} />}
    </article>
  );
}
