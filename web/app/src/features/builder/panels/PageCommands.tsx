// The pages as commands: make one, go to one. There whatever panel is open.
import { request } from "@accid/api-client/client";
import type { PageView } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { useQuery } from "@tanstack/react-query";
import { FilePlus2, FileText, LayoutTemplate } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { toast, toastError } from "../../../shared/announce.ts";
import { registerCommands, type Command } from "../../../shared/commands.ts";
import { queries, refreshProjects } from "../../../shared/queries.ts";
import { navigate, paths } from "../../../shared/router.tsx";
import { useWorkbench } from "../model/context.tsx";
import { selectedModule } from "../model/session.ts";
import { labelOf } from "../model/tree.ts";
import { PageDialog } from "./PageDialog.tsx";

const PatternDialog = lazy(() => import("./PatternDialog.tsx").then((module) => ({ default: module.PatternDialog })));

export function PageCommands({ project, current }: { project: string; current: string }) {
  const pages = useQuery(queries.pages(project)).data;
  const [making, setMaking] = useState(false);
  const [picking, setPicking] = useState(false);
  const { session, saver, types } = useWorkbench();
  const [keep] = useState(() => (title: string, module?: string) => {
    const { pageId: page } = session.getState();
    // As it is saved it is kept, with its kind and what search engines get to know.
    const kept = saver.flush().then(() => request<PageView>(urls.ownPatterns(project), { body: { title, page, ...(module ? { module } : {}) } }));
    void kept.then(() => { refreshProjects(); toast(`“${title}” is among your patterns.`, { tone: "success" }); }).catch(toastError);
  });
  useEffect(() => registerCommands("pages", [
    { id: "keep-page-pattern", title: "Keep this page as a pattern", group: "Page", icon: LayoutTemplate, run: () => keep(session.getState().page.title) },
    { id: "keep-pattern", title: "Keep what is chosen as a pattern", group: "Module", icon: LayoutTemplate, when: () => selectedModule(session.getState()) !== null, otherwise: "Choose a module first.", run: () => { const module = selectedModule(session.getState()); if (module) keep(labelOf(module, types), module.id); } },
    { id: "patterns", title: "Patterns: ready-made pages and sections", group: "Page", icon: LayoutTemplate, run: () => setPicking(true) },
    { id: "new-page", title: "New page", group: "Page", icon: FilePlus2, shortcut: "n", run: () => setMaking(true) },
    ...(pages ?? []).filter((page) => page.slug !== current).map((page): Command => (
      { id: `page-${page.id}`, title: `Go to page: ${page.title || page.slug}`, group: "Page", icon: FileText, run: () => navigate(paths.builder(project, page.slug)) }
    )),
  ]), [project, pages, current, session, types, keep]);
  return (
    <>
      {making && pages && <PageDialog project={project} pages={pages} current={current} onClose={() => setMaking(false)} />}
      <Suspense fallback={null}>{picking && <PatternDialog onClose={() => setPicking(false)} />}</Suspense>
    </>
  );
}
