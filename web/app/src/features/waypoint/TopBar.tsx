// The bar of Waypoint: where one is, which view, undo, and what others add.
import type { Project } from "@accid/api-client/types";
import { IconButton } from "@accid/ui/Button";
import { BookImage, BookOpenText, Images, Map, PanelRight, Redo2, Undo2, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { formatShortcut } from "../../shared/commands.ts";
import { Logo } from "../../shared/Logo.tsx";
import { Link, paths } from "../../shared/router.tsx";
import { ThemeToggle } from "../../shared/ThemeToggle.tsx";
import type { ViewName } from "./model/gallery.ts";
import { redo, undo, useUndo } from "./model/undo.ts";
import styles from "./Waypoint.module.css";

const views: { name: ViewName; title: string; Icon: LucideIcon }[] = [
  { name: "photos", title: "Photos", Icon: Images }, { name: "map", title: "Map", Icon: Map }, { name: "albums", title: "Albums", Icon: BookImage }, { name: "story", title: "Story", Icon: BookOpenText },
];

interface Props { project: Project; view: ViewName; onView: (view: ViewName) => void; details: boolean; detailsShown: boolean; onDetails: () => void; add: ReactNode; actions: ReactNode; mayEdit: boolean }

export function TopBar({ project, view, onView, details, detailsShown, onDetails, add, actions, mayEdit }: Props) {
  const { done, undone, running } = useUndo();
  return (
    <header className={styles["bar"]}>
      <a href="#content" className={styles["skip"]}>Skip to content</a>
      <Link to={paths.dashboard} className={styles["home"]} aria-label="All projects" title="All projects"><Logo size={24} /></Link>
      <h1 className={styles["title"]}>{project.name}</h1>
      <nav aria-label="Views" className={styles["views"]}>
        {views.map(({ name, title, Icon }) => <button key={name} type="button" aria-current={name === view ? "page" : undefined} data-view={name} onClick={() => onView(name)}><Icon aria-hidden="true" /><span>{title}</span></button>)}
      </nav>
      <div className={styles["tools"]}>
        {add}
        {mayEdit && <span className={styles["cluster"]} role="group" aria-label="Steps" data-working={running > 0 || undefined}>
          <IconButton label={done.length > 0 ? `Undo: ${done.at(-1)?.title ?? ""}` : "Undo"} shortcut={formatShortcut("Mod+z")} aria-disabled={done.length === 0 || undefined} onClick={() => void undo()}><Undo2 /></IconButton>
          <IconButton label={undone.length > 0 ? `Redo: ${undone.at(-1)?.title ?? ""}` : "Redo"} shortcut={formatShortcut("Mod+Shift+Z")} disabled={undone.length === 0} onClick={() => void redo()}><Redo2 /></IconButton>
        </span>}
        <span className={styles["theme"]}><ThemeToggle /></span>
        {details && <IconButton label="Details" shortcut="i" aria-expanded={detailsShown} onClick={onDetails}><PanelRight /></IconButton>}
        {actions}
      </div>
    </header>
  );
}
