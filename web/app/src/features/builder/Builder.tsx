// The builder: opens a page, and puts the panels around the canvas.
import type { ModuleType, PageView, Project } from "@accid/api-client/types";
import { Dialog } from "@accid/ui/Dialog";
import { useEffect, useState, type ReactNode } from "react";
import { registerCommands } from "../../shared/commands.ts";
import { onStudioEvent } from "../../shared/events.ts";
import styles from "./Builder.module.css";
import { builderCommands } from "./builderCommands.ts";
import { Canvas, type Viewport } from "./canvas/Canvas.tsx";
import { ConflictDialog } from "./ConflictDialog.tsx";
import { Inspector } from "./inspector/Inspector.tsx";
import { createCanvasTools } from "./model/canvasTools.ts";
import { WorkbenchContext, type Workbench } from "./model/context.tsx";
import { startSaver } from "./model/saver.ts";
import { createSession } from "./model/session.ts";
import { LeftPanel, type LeftTab } from "./panels/LeftPanel.tsx";
import { TopBar } from "./TopBar.tsx";

interface Props {
  project: Project;
  page: PageView;
  types: ModuleType[];
  /** What other features add to the bar; they get a way to save first and to look at the page anew. */
  actions: (tools: { pageId: string; path: string; flush: () => Promise<void>; follow: () => Promise<void> }) => ReactNode;
}

/** What one sees first is the size of what one holds. */
const fittingViewport = (): Viewport => (window.innerWidth < 640 ? "phone" : window.innerWidth < 900 ? "tablet" : "desktop");

function useWorkbenchFor(project: Project, page: PageView, types: ModuleType[]): Workbench | null {
  const [workbench, setWorkbench] = useState<Workbench | null>(null);
  useEffect(() => {
    const session = createSession(project.slug, page, project.id);
    const saver = startSaver(session);
    // A session starts timers and listeners, so it is made here and not while rendering.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setWorkbench({ session, saver, types, canvas: createCanvasTools() });
    const stop = onStudioEvent((event) => { if (event.type.startsWith("item-") && event.id === page.id) void saver.follow(event.etag); });
    return () => { stop(); saver.close(); };
    // A page is opened once; what changes later comes through the session.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [page.id]);
  return workbench;
}

export function Builder({ project, page, types, actions }: Props) {
  const workbench = useWorkbenchFor(project, page, types);
  const [viewport, setViewport] = useState<Viewport>(fittingViewport);
  const [left, setLeft] = useState<LeftTab>("structure");
  const [drawer, setDrawer] = useState<"left" | "right" | null>(null);
  useEffect(() => {
    if (!workbench) return;
    const showPanel = (tab: LeftTab) => {
      setLeft(tab);
      if (!matchMedia("(min-width: 1100px)").matches) setDrawer("left");
      const wanted = tab === "add" ? "[data-left] input[type=search]" : "[data-left] [role=tab][aria-selected=true]";
      window.setTimeout(() => document.querySelector<HTMLElement>(wanted)?.focus(), 50);
    };
    return registerCommands("builder", builderCommands(workbench, { showViewport: setViewport, showPanel }));
  }, [workbench]);
  if (!workbench) return null;
  const { saver } = workbench;
  const panels = <LeftPanel project={project} page={page.slug} tab={left} onTab={setLeft} onGone={() => setDrawer(null)} />;
  const inspector = <Inspector viewport={viewport} onViewport={setViewport} />;
  return (
    <WorkbenchContext value={workbench}>
      <div className={styles["builder"]}>
        <TopBar project={project} viewport={viewport} onViewport={setViewport} onDrawer={setDrawer}
          actions={actions({ pageId: page.id, path: page.path, flush: () => saver.flush(), follow: () => saver.follow() })} />
        {drawer !== "left" && <aside className={styles["left"]} aria-label="Pages and modules">{panels}</aside>}
        <main className={styles["main"]} aria-label="Canvas" id="content"><Canvas key={page.id} viewport={viewport} /></main>
        {drawer !== "right" && <aside className={styles["right"]} aria-label="Inspector">{inspector}</aside>}
      </div>
      {drawer === "left" && <Dialog title="Pages and modules" side="left" onClose={() => setDrawer(null)}>{panels}</Dialog>}
      {drawer === "right" && <Dialog title="Inspector" side="right" onClose={() => setDrawer(null)}>{inspector}</Dialog>}
      <ConflictDialog />
    </WorkbenchContext>
  );
}
