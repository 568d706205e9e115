// What is kept of the project besides its pages: reusable parts, and patterns of one's own.
import { request } from "@accid/api-client/client";
import type { PageView } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Menu } from "@accid/ui/Menu";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Component, LayoutTemplate, PencilLine, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast, toastError } from "../../../shared/announce.ts";
import { queries, refreshProjects } from "../../../shared/queries.ts";
import { Link, navigate, paths } from "../../../shared/router.tsx";
import { useWorkbench } from "../model/context.tsx";
import { PageDialog } from "./PageDialog.tsx";
import styles from "./Panels.module.css";

const titles = { part: "Parts", pattern: "Your patterns" } as const;

export function RoleList({ project, role, current, onGone }: { project: string; role: "part" | "pattern"; current: string; onGone?: () => void }) {
  const { saver } = useWorkbench();
  const pages = useQuery(queries.pagesOfRole(project, role)).data ?? [];
  const [renaming, setRenaming] = useState<PageView | null>(null);
  const remove = useMutation({
    mutationFn: async (page: PageView) => {
      await saver.flush();
      const fresh = await request<PageView>(urls.page(project, page.id));
      return request<{ entry: string }>(urls.page(project, page.id), { method: "DELETE", ifMatch: fresh.etag });
    },
    onSuccess: ({ entry }, page) => {
      if (page.slug === current) navigate(paths.builder(project), { replace: true });
      refreshProjects();
      const restore = () => void request(urls.restoreTrash(project), { body: { entry } }).then(refreshProjects).catch(toastError);
      toast(`“${page.title}” is in the trash.`, { action: { title: "Undo", run: restore } });
    },
    onError: toastError,
  });
  if (pages.length === 0) return null;
  const Icon = role === "part" ? Component : LayoutTemplate;
  return (
    <nav aria-label={titles[role]}>
      <div className={styles["sectionHead"]}><h2>{titles[role]}</h2></div>
      <ul className={styles["pages"]}>
        {pages.map((page) => (
          <li key={page.id} className={styles["page"]} data-role-row={page.id}>
            <Link to={paths.builder(project, page.slug)} aria-current={page.slug === current ? "page" : undefined} draggable={false} onClick={() => onGone?.()}><Icon aria-hidden="true" /><span>{page.title || page.slug}</span></Link>
            <Menu label={`Actions for ${page.title}`} items={[
              { title: "Rename", icon: <PencilLine />, run: () => setRenaming(page) },
              { title: "Move to trash", icon: <Trash2 />, danger: true, run: () => remove.mutate(page) },
            ]} />
          </li>
        ))}
      </ul>
      {renaming && <PageDialog project={project} pages={[]} page={renaming} current={current} onClose={() => setRenaming(null)} />}
    </nav>
  );
}
