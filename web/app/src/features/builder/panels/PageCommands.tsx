// The pages as commands: make one, go to one. There whatever panel is open.
import { useQuery } from "@tanstack/react-query";
import { FilePlus2, FileText } from "lucide-react";
import { useEffect, useState } from "react";
import { registerCommands, type Command } from "../../../shared/commands.ts";
import { queries } from "../../../shared/queries.ts";
import { navigate, paths } from "../../../shared/router.tsx";
import { PageDialog } from "./PageDialog.tsx";

export function PageCommands({ project, current }: { project: string; current: string }) {
  const pages = useQuery(queries.pages(project)).data;
  const [making, setMaking] = useState(false);
  useEffect(() => registerCommands("pages", [
    { id: "new-page", title: "New page", group: "Page", icon: FilePlus2, shortcut: "n", run: () => setMaking(true) },
    ...(pages ?? []).filter((page) => page.slug !== current).map((page): Command => (
      { id: `page-${page.id}`, title: `Go to page: ${page.title || page.slug}`, group: "Page", icon: FileText, run: () => navigate(paths.builder(project, page.slug)) }
    )),
  ]), [project, pages, current]);
  return making && pages ? <PageDialog project={project} pages={pages} current={current} onClose={() => setMaking(false)} /> : null;
}
