// The bar above the canvas: where one is, how it is saved, undo, the width of the canvas, and what others add.
import type { Project } from "@accid/api-client/types";
import { IconButton } from "@accid/ui/Button";
import { Monitor, PanelLeft, PanelRight, Redo2, Search, Smartphone, Tablet, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { formatShortcut, runCommand } from "../../shared/commands.ts";
import { Logo } from "../../shared/Logo.tsx";
import { Link, paths } from "../../shared/router.tsx";
import { ThemeToggle } from "../../shared/ThemeToggle.tsx";
import styles from "./Builder.module.css";
import { LanguageChoice } from "./languages/LanguageChoice.tsx";
import { useSession, useWorkbench } from "./model/context.tsx";
import { redoStep, undoStep } from "./model/session.ts";
import { showViewport, useView, type Panel } from "./model/view.ts";
import { SaveStatus } from "./SaveStatus.tsx";
import { ZoomControls } from "./ZoomControls.tsx";

const viewports = [{ name: "phone", title: "Phone, 390 px", Icon: Smartphone }, { name: "tablet", title: "Tablet, 768 px", Icon: Tablet }, { name: "desktop", title: "Desktop", Icon: Monitor }] as const;

interface Props { project: Project; isShown: (panel: Panel) => boolean; onPanel: (panel: Panel) => void; actions: ReactNode }

export function TopBar({ project, isShown, onPanel, actions }: Props) {
  const { session } = useWorkbench();
  const viewport = useView((state) => state.viewport);
  const title = useSession((state) => state.page.title);
  const canUndo = useSession((state) => state.undoList.done.length > 0);
  const canRedo = useSession((state) => state.undoList.undone.length > 0);
  return (
    <header className={styles["bar"]} data-part="bar">
      <IconButton label="Pages and modules" shortcut="[" aria-expanded={isShown("left")} className={styles["panelButton"]} onClick={() => onPanel("left")}><PanelLeft /></IconButton>
      <Link to={paths.dashboard} className={styles["home"]} aria-label="All projects" title="All projects"><Logo size={24} /></Link>
      <h1 className={styles["title"]}><span>{project.name}</span><span aria-hidden="true">/</span><strong>{title}</strong></h1>
      <SaveStatus />
      <div className={styles["tools"]}>
        <LanguageChoice project={project} />
        <div role="group" aria-label="Steps" className={styles["cluster"]}>
          <IconButton label="Undo" shortcut={formatShortcut("Mod+z")} aria-disabled={!canUndo || undefined} onClick={() => undoStep(session)}><Undo2 /></IconButton>
          <IconButton label="Redo" shortcut={formatShortcut("Mod+Shift+Z")} disabled={!canRedo} onClick={() => redoStep(session)}><Redo2 /></IconButton>
        </div>
        <div role="group" aria-label="Width of the canvas" className={`${styles["cluster"]} ${styles["viewports"]}`}>
          {viewports.map(({ name, title: label, Icon }) => (
            <IconButton key={name} label={label} aria-pressed={viewport === name} onClick={() => showViewport(name)}><Icon /></IconButton>
          ))}
        </div>
        <ZoomControls />
        <div className={`${styles["cluster"]} ${styles["wideOnly"]}`}>
          <IconButton label="Commands" shortcut={formatShortcut("Mod+k")} onClick={() => runCommand("palette")}><Search /></IconButton>
          <ThemeToggle />
        </div>
        <div className={styles["cluster"]}>{actions}</div>
      </div>
      <IconButton label="Inspector" shortcut="]" aria-expanded={isShown("right")} className={styles["panelButton"]} onClick={() => onPanel("right")}><PanelRight /></IconButton>
    </header>
  );
}
