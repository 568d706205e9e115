// The pages of the project as they are nested: go to one, add, rename, delete.
import { request } from "@accid/api-client/client";
import type { PageView } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { IconButton } from "@accid/ui/Button";
import { Menu } from "@accid/ui/Menu";
import { useMutation, useQuery } from "@tanstack/react-query";
import { FilePlus2, FileText, Home, PencilLine, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { toast, toastError } from "../../../shared/announce.ts";
import { registerCommands } from "../../../shared/commands.ts";
import { queries, refreshProjects } from "../../../shared/queries.ts";
import { Link, navigate, paths } from "../../../shared/router.tsx";
import { useWorkbench } from "../model/context.tsx";
import { PageDialog } from "./PageDialog.tsx";
import styles from "./Panels.module.css";

interface Nested { page: PageView; depth: number }

export function nestPages(pages: PageView[], parent: string | null = null, depth = 0): Nested[] {
  const known = new Set(pages.map((page) => page.id));
  const isHere = (page: PageView) => (page.parent && known.has(page.parent) ? page.parent : null) === parent;
  const rank = (page: PageView) => (page.slug === "index" ? -1 : page.order ?? 0);
  if (depth > 16) return [];
  return pages.filter(isHere).sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title))
    .flatMap((page) => [{ page, depth }, ...nestPages(pages, page.id, depth + 1)]);
}

interface Props { project: string; current: string; onGone?: () => void }

export function PageList({ project, current, onGone }: Props) {
  const { saver } = useWorkbench();
  const pages = useQuery(queries.pages(project)).data ?? [];
  const [dialog, setDialog] = useState<{ page?: PageView } | null>(null);
  useEffect(() => registerCommands("pages", [{ id: "new-page", title: "New page", group: "Page", icon: FilePlus2, run: () => setDialog({}) }]), []);
  const remove = useMutation({
    mutationFn: async (page: PageView) => {
      await saver.flush();
      // The hash in the list may be older than what was just saved.
      const fresh = await request<PageView>(urls.page(project, page.id));
      const { entry } = await request<{ entry: string }>(urls.page(project, page.id), { method: "DELETE", ifMatch: fresh.etag });
      return { entry, page };
    },
    onSuccess: ({ entry, page }) => {
      if (page.slug === current) navigate(paths.builder(project), { replace: true });
      refreshProjects();
      const restore = () => void request(urls.restoreTrash(project), { body: { entry } }).then(refreshProjects).catch(toastError);
      toast(`“${page.title}” is in the trash.`, { action: { title: "Undo", run: restore } });
    },
    onError: toastError,
  });
  return (
    <nav aria-label="Pages">
      <div className={styles["sectionHead"]}><h2>Pages</h2><IconButton label="New page" onClick={() => setDialog({})}><FilePlus2 /></IconButton></div>
      <ul className={styles["pages"]}>
        {nestPages(pages).map(({ page, depth }) => (
          <li key={page.id} className={styles["page"]} style={{ paddingLeft: depth * 16 }}>
            <Link to={paths.builder(project, page.slug)} aria-current={page.slug === current ? "page" : undefined} onClick={() => onGone?.()}>
              {page.slug === "index" ? <Home aria-hidden="true" /> : <FileText aria-hidden="true" />}<span>{page.title || page.slug}</span>
            </Link>
            <Menu label={`Actions for page ${page.title}`} items={[
              { title: "Rename", icon: <PencilLine />, run: () => setDialog({ page }) },
              { title: "Move to trash", icon: <Trash2 />, danger: true, disabled: page.slug === "index", run: () => remove.mutate(page) },
            ]} />
          </li>
        ))}
      </ul>
      {dialog && <PageDialog project={project} pages={pages} current={current} {...(dialog.page ? { page: dialog.page } : {})} onClose={() => setDialog(null)} />}
    </nav>
  );
}
