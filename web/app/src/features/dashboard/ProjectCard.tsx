// One project: how its entry page looks, what it is, what can be done with it.
import { request } from "@accid/api-client/client";
import type { Project } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Menu, type MenuItem } from "@accid/ui/Menu";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Archive, ArchiveRestore, Copy, FolderArchive, FolderInput, FolderMinus, FolderOpen, PanelsTopLeft, PencilLine, Tags, Trash2 } from "lucide-react";
import { useState } from "react";
import { allowed, useMe, type Ability } from "../../shared/abilities.ts";
import { toast, toastError } from "../../shared/announce.ts";
import { formatAgo, formatCount } from "../../shared/format.ts";
import { Preview } from "../../shared/Preview.tsx";
import { queryClient, refreshProjects } from "../../shared/queries.ts";
import { Link, navigate, paths } from "../../shared/router.tsx";
import { FolderDialog } from "./FolderDialog.tsx";
import { CardFacts } from "./CardFacts.tsx";
import styles from "./Dashboard.module.css";
import { typeOf } from "./projectTypes.ts";
import { RenameDialog } from "./RenameDialog.tsx";
import { TagsDialog } from "./TagsDialog.tsx";
import { ZipDialog } from "./ZipDialog.tsx";

/** Puts a project away, or brings it back. */
async function setArchived(project: Project, archived: boolean): Promise<void> {
  await request<Project>(urls.project(project.id), { method: "PUT", body: { archived } });
  refreshProjects();
}

/** `found` says where in it the searched text stands. */
export function ProjectCard({ project, tags, found = [] }: { project: Project; tags: string[]; found?: string[] }) {
  const me = useMe();
  const [asking, setAsking] = useState<"name" | "tags" | "move" | "zip" | null>(null);
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
  const putAway = useMutation({
    mutationFn: () => setArchived(project, !project.archived),
    onSuccess: () => toast(project.archived ? `“${project.name}” is back among the projects.` : `“${project.name}” is in the archive.`, project.archived ? {} : { action: { title: "Undo", run: () => void setArchived(project, false).catch(toastError) } }),
    onError: toastError,
  });
  const close = useMutation({
    mutationFn: () => request(urls.openedFolder(project.id), { method: "DELETE" }),
    onSuccess: () => { refreshProjects(); void queryClient.invalidateQueries({ queryKey: ["opened-folders"] }); toast(`“${project.name}” is closed. Its folder stays as it is.`); },
    onError: toastError,
  });
  // A photo story has no pages of its own: its story is there as soon as it has photos.
  const isGallery = project.type === "gallery";
  const photos = useQuery({ queryKey: ["project", project.id, "photo-count", project.etag], enabled: isGallery, queryFn: () => request<{ total: number }>(`${urls.photos(project.slug)}?perPage=1&fields=id`) }).data?.total ?? 0;
  const hasPages = isGallery ? photos > 0 : project.type !== "react" && project.pages > 0;
  const type = typeOf(project.type);
  const Icon = type?.Icon ?? PanelsTopLeft;
  const items: (MenuItem & { ability?: Ability })[] = [
    { title: "Open", icon: <FolderOpen />, run: () => navigate(paths.builder(project.slug)) },
    { title: "Rename", ability: "rename-project", icon: <PencilLine />, run: () => setAsking("name") },
    { title: "Tags", ability: "rename-project", icon: <Tags />, run: () => setAsking("tags") },
    { title: "Duplicate", ability: "duplicate-project", icon: <Copy />, run: () => duplicate.mutate() },
    { title: project.archived ? "Bring back" : "Archive", ability: "rename-project", icon: project.archived ? <ArchiveRestore /> : <Archive />, run: () => putAway.mutate() },
    { title: "Save as a zip…", ability: "save-zip", icon: <FolderArchive />, run: () => setAsking("zip") },
    { title: "Move folder…", ability: "move-project", icon: <FolderInput />, run: () => setAsking("move") },
    ...(project.folder ? [{ title: "Close folder", ability: "close-folder" as const, icon: <FolderMinus />, run: () => close.mutate() }] : []),
    { title: "Move to trash", ability: "remove-project", icon: <Trash2 />, danger: true, run: () => remove.mutate() },
  ];
  return (
    <article className={styles["card"]} aria-label={project.name}>
      <div className={styles["picture"]}>
        {hasPages ? <Preview project={project.slug} revision={`${project.etag}${changed}`} /> : <div className={styles["blank"]}><Icon aria-hidden="true" /><span>{project.type === "react" ? "Built outside ACCID" : isGallery ? "No photos yet" : "No pages yet"}</span></div>}
      </div>
      <div className={styles["text"]}>
        <div className={styles["words"]}>
          <h2 className={styles["name"]} title={project.name}><Link to={paths.builder(project.slug)}>{project.name}</Link></h2>
          <p className={styles["facts"]}>
            <span className={styles["kind"]}><Icon aria-hidden="true" />{type?.title ?? project.type}</span>
            {photos > 0 && <span>{formatCount(photos, "photo")}</span>}
            {project.pages > 0 && <span>{formatCount(project.pages, "page")}</span>}
          </p>
          <p className={styles["facts"]}><time dateTime={changed} title={new Date(changed).toLocaleString()}>Changed {formatAgo(changed)}</time></p>
          {project.folder && <p className={styles["facts"]}><code className={styles["folder"]}>{project.folder}</code></p>}
          <CardFacts project={project} />
          {project.tags.length > 0 && <ul className={styles["tags"]} aria-label="Tags">{project.tags.map((tag) => <li key={tag}>{tag}</li>)}</ul>}
          {found.length > 0 && <p className={styles["found"]}>Found in {found.join(", ")}</p>}
        </div>
        <div className={styles["menu"]}><Menu label={`Actions for ${project.name}`} items={allowed(items, me)} /></div>
      </div>
      {asking === "name" && <RenameDialog project={project} onClose={() => setAsking(null)} />}
      {asking === "move" && <FolderDialog onClose={() => setAsking(null)} asking={{
        title: `Move “${project.name}”`, label: "New folder", button: "Move", url: urls.moveProject(project.id), start: "",
        help: "The folder that it becomes, in full; it must not be there yet. The project moves with its pictures and its history.", done: (moved) => `“${moved.name}” lies in ${moved.folder ?? "ACCID's own folder"} now.`,
      }} />}
      {asking === "zip" && <ZipDialog project={project} onClose={() => setAsking(null)} />}
      {asking === "tags" && <TagsDialog project={project} known={tags} onClose={() => setAsking(null)} />}
    </article>
  );
}
