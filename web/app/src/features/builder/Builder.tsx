// The builder: opens a page, and puts the panels around the canvas.
import type { ModuleType, PageView, Project, Site } from "@accid/api-client/types";
import { Dialog } from "@accid/ui/Dialog";
import { useEffect, useState, type ReactNode } from "react";
import { registerCommands, registerLocalKeys } from "../../shared/commands.ts";
import { onStudioEvent } from "../../shared/events.ts";
import { takeSelection, type Wanted } from "../../shared/goTo.ts";
import styles from "./Builder.module.css";
import { builderCommands } from "./builderCommands.ts";
import { Canvas } from "./canvas/Canvas.tsx";
import { ConflictDialog } from "./ConflictDialog.tsx";
import { openDrafts } from "./design/drafts.ts";
import { DragGhost } from "./DragGhost.tsx";
import { Inspector } from "./inspector/Inspector.tsx";
import { builderKeys } from "./localKeys.ts";
import { ModuleMenu } from "./ModuleMenu.tsx";
import { createCanvasTools } from "./model/canvasTools.ts";
import { WorkbenchContext, type Workbench } from "./model/context.tsx";
import { startSaver } from "./model/saver.ts";
import { createSession } from "./model/session.ts";
import { showPlace, useAsked } from "./model/asked.ts";
import { openPanel, showLanguage, useView, type Panel } from "./model/view.ts";
import { useFirstStepsProgress } from "./panels/FirstSteps.tsx";
import { LeftPanel, type LeftTab } from "./panels/LeftPanel.tsx";
import { PageCommands } from "./panels/PageCommands.tsx";
import { StepCommands } from "./panels/StepList.tsx";
import { TopBar } from "./TopBar.tsx";

interface Props {
  project: Project;
  page: PageView;
  types: ModuleType[];
  /** What other features add to the bar; they get a way to save first and to look at the page anew. */
  actions: (tools: { pageId: string; path: string; flush: () => Promise<void>; follow: () => Promise<void>; select: (place: Wanted) => void }) => ReactNode;
}

function useWorkbenchFor(project: Project, page: PageView, types: ModuleType[]): Workbench | null {
  const [workbench, setWorkbench] = useState<Workbench | null>(null);
  useEffect(() => {
    const session = createSession(project.slug, page, project.id);
    const wanted = takeSelection(page.id);
    if (wanted) showPlace(session, wanted);
    openDrafts(project.slug, project.id);
    const saver = startSaver(session);
    // A session starts timers and listeners, so it is made here and not while rendering.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setWorkbench({ session, saver, types, canvas: createCanvasTools() });
    const stop = onStudioEvent((event) => {
      if (event.type === "reconnected") void saver.flush().then(() => saver.follow());
      else if (event.type.startsWith("item-") && event.id === page.id) void saver.follow(event.etag);
    });
    return () => { stop(); saver.close(); };
    // A page is opened once; what changes later comes through the session.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [page.id]);
  return workbench;
}

const isWide = () => matchMedia("(min-width: 1100px)").matches;

/** Where the focus goes in a panel that was asked for. */
const beginnings: Record<LeftTab, string> = { add: "input[type=search]", structure: "[role=treeitem][tabindex='0']", design: "[role=tab][aria-selected=true]", site: "[role=tab][aria-selected=true]" };
function focusIn(tab: LeftTab) {
  const panel = document.querySelector("[data-left]");
  const target = panel?.querySelector<HTMLElement>(beginnings[tab]) ?? panel?.querySelector<HTMLElement>("[role=tab][aria-selected=true]");
  target?.focus();
  if (target instanceof HTMLInputElement) target.select();
}

export function Builder({ project, page, types, actions }: Props) {
  const workbench = useWorkbenchFor(project, page, types);
  useFirstStepsProgress(workbench);
  const open = useView((state) => state.open);
  const language = useView((state) => state.language);
  const { languages } = project.site as Site;
  // A language that the site does not have any more is none to show.
  useEffect(() => { if (language && !languages?.includes(language)) showLanguage(""); }, [language, languages]);
  const [left, setLeft] = useState<LeftTab>("structure");
  // On a narrow screen the panels are drawers.
  const [drawer, setDrawer] = useState<Panel | null>(null);
  // Which panel a key asked for, anew each time it does.
  const [asked, setAsked] = useState<{ tab: LeftTab } | null>(null);
  useEffect(() => { if (asked) focusIn(asked.tab); }, [asked]);
  useEffect(() => {
    if (!workbench) return;
    const showPanel = (tab: LeftTab) => {
      setLeft(tab);
      if (isWide()) openPanel("left", true);
      else setDrawer("left");
      setAsked({ tab });
    };
    const stops = [registerCommands("builder", builderCommands(workbench, { showPanel, togglePanel })), registerLocalKeys("builder", builderKeys)];
    return () => stops.forEach((stop) => stop());
  }, [workbench]);
  function togglePanel(panel: Panel) {
    if (isWide()) openPanel(panel, !useView.getState().open[panel]);
    else setDrawer(panel);
  }
  // Who is led to a value sees its field.
  const field = useAsked((state) => state.asked);
  useEffect(() => {
    if (!field) return;
    if (isWide()) openPanel("right", true);
    // eslint-disable-next-line react-hooks/set-state-in-effect
    else setDrawer("right");
  }, [field]);
  if (!workbench) return null;
  const { saver } = workbench;
  const panels = <LeftPanel project={project} page={page.slug} tab={left} onTab={setLeft} onGone={() => setDrawer(null)} />;
  return (
    <WorkbenchContext value={workbench}>
      <div className={styles["builder"]} data-open-page={page.id} data-left-open={open.left} data-right-open={open.right}>
        <TopBar project={project} isShown={(panel) => (isWide() ? open[panel] : drawer === panel)} onPanel={togglePanel}
          actions={actions({ pageId: page.id, path: page.path, flush: () => saver.flush(), follow: () => saver.follow(), select: (place) => showPlace(workbench.session, place) })} />
        {open.left && drawer !== "left" && <aside className={styles["left"]} aria-label="Pages and modules" data-part="left">{panels}</aside>}
        <main className={styles["main"]} aria-label="Canvas" id="content" data-part="canvas"><Canvas key={`${page.id} ${language}`} /></main>
        {open.right && drawer !== "right" && <aside className={styles["right"]} aria-label="Inspector" data-part="inspector"><Inspector /></aside>}
      </div>
      {drawer === "left" && <Dialog title="Pages and modules" side="left" onClose={() => setDrawer(null)}>{panels}</Dialog>}
      {drawer === "right" && <Dialog title="Inspector" side="right" onClose={() => setDrawer(null)}><Inspector /></Dialog>}
      <PageCommands project={project.slug} current={page.slug} />
      {project.type === "tutorial" && <StepCommands project={project.slug} name={project.name} current={page.slug} />}
      <DragGhost />
      <ModuleMenu />
      <ConflictDialog />
    </WorkbenchContext>
  );
}
