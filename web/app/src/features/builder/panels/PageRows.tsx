// Pages as rows: go to one, move, rename, delete. Steps of a tutorial bear their numbers.
import { request } from "@accid/api-client/client";
import type { PageView } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Menu } from "@accid/ui/Menu";
import { useMutation } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Copy, CornerDownRight, CornerLeftUp, FileText, Home, PencilLine, Trash2 } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { say, toast, toastError } from "../../../shared/announce.ts";
import { refreshProjects } from "../../../shared/queries.ts";
import { Link, navigate, paths } from "../../../shared/router.tsx";
import { useWorkbench } from "../model/context.tsx";
import { holdTouches } from "../model/lift.ts";
import { PageDialog } from "./PageDialog.tsx";
import { isEntry, stepPage, type NestedPage } from "./pageTree.ts";
import styles from "./Panels.module.css";
import { stepOfKey, usePageMoves } from "./usePageMoves.ts";

const steps = [
  { direction: "up", title: "Move up", Icon: ArrowUp }, { direction: "down", title: "Move down", Icon: ArrowDown },
  { direction: "in", title: "Nest under the page above", Icon: CornerDownRight }, { direction: "out", title: "Move out", Icon: CornerLeftUp },
] as const;

/** The row goes; the focus stays in the list. */
const focusBefore = (id: string) => document.querySelector(`[data-page-row="${CSS.escape(id)}"]`)?.previousElementSibling?.querySelector<HTMLElement>("a")?.focus();

interface Props {
  project: string; current: string; onGone?: () => void;
  /** All pages of the project, and those that are shown here. */
  pages: PageView[]; shown: NestedPage[];
  numbered?: boolean;
}

export function PageRows({ project, current, onGone, pages, shown, numbered }: Props) {
  const { saver } = useWorkbench();
  const { target, dragged, step, follow } = usePageMoves(project, pages, current);
  const [renaming, setRenaming] = useState<PageView | null>(null);
  const list = useRef<HTMLElement>(null);
  const List = numbered ? "ol" : "ul";
  useEffect(() => (list.current ? holdTouches(list.current) : undefined), []);
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
  const duplicate = useMutation({
    mutationFn: async (page: PageView) => {
      await saver.flush();
      // All that is said on it and of it, but its address and its place.
      const { title, parent, kind, modules, navigation, language, seo, css, date, author, tags, facts, translations } = await request<PageView>(urls.page(project, page.id));
      const told = Object.fromEntries(Object.entries({ navigation, language, seo, css, date, author, tags, facts, translations }).filter(([, value]) => value !== undefined));
      const kept = Object.fromEntries(Object.entries(translations ?? {}).map(([tag, { slug: __, ...words }]) => [tag, words]));
      const copy = await request<PageView>(urls.pages(project), { body: { title: `${title} (copy)`, modules, ...(kind ? { kind } : {}), ...(parent ? { parent } : {}) } });
      return Object.keys(told).length === 0 ? copy : request<PageView>(urls.page(project, copy.id), { method: "PUT", body: { ...told, ...(translations ? { translations: kept } : {}) }, ifMatch: copy.etag });
    },
    onSuccess: (copy) => { refreshProjects(); navigate(paths.builder(project, copy.slug)); toast(`“${copy.title}” is ready.`, { tone: "success" }); },
    onError: toastError,
  });
  const key = (event: KeyboardEvent, page: PageView) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const direction = event.altKey ? stepOfKey(event.key) : null;
    if (direction) step(page.id, direction);
    else if (event.altKey) return;
    else if (event.key === "F2") setRenaming(page);
    // Here these keys mean the page, never the module that is chosen on the canvas.
    else if (event.key === "Delete" || event.key === "Backspace") {
      if (isEntry(page)) say("The entry page stays: a site needs one.");
      else { focusBefore(page.id); remove.mutate(page); }
    }
    else return;
    event.preventDefault();
  };
  return (
    <>
      <List ref={list as React.RefObject<never>} className={styles["pages"]}>
        {shown.map(({ page, depth }, index) => (
          <li key={page.id} className={styles["page"]} style={{ paddingLeft: depth * 16 }} data-page-row={page.id} data-drop={target?.row === page.id ? target.part : undefined} data-dragged={dragged === page.id || undefined}>
            <Link to={paths.builder(project, page.slug)} aria-current={page.slug === current ? "page" : undefined} draggable={false} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight F2 Delete"
              onClick={() => onGone?.()} onPointerDown={(event) => follow(page.id, event)} onKeyDown={(event) => key(event, page)}>
              {numbered ? <span className={styles["number"]} aria-hidden="true">{index + 1}</span> : isEntry(page) ? <Home aria-hidden="true" /> : <FileText aria-hidden="true" />}<span>{page.title || page.slug}</span>
            </Link>
            <Menu label={`Actions for page ${page.title}`} items={[
              { title: "Rename", icon: <PencilLine />, run: () => setRenaming(page) },
              { title: "Duplicate", icon: <Copy />, run: () => duplicate.mutate(page) },
              ...steps.map(({ direction, title, Icon }) => ({ title, icon: <Icon />, disabled: stepPage(pages, page.id, direction) === null, run: () => step(page.id, direction) })),
              { title: "Move to trash", icon: <Trash2 />, danger: true, disabled: isEntry(page), run: () => remove.mutate(page) },
            ]} />
          </li>
        ))}
      </List>
      {renaming && <PageDialog project={project} pages={pages} page={renaming} current={current} onClose={() => setRenaming(null)} />}
    </>
  );
}
