// The frame around every view but the builder: the bar with the places one can go to.
import { IconButton } from "@accid/ui/Button";
import { LayoutGrid, Search, Settings, Trash2 } from "lucide-react";
import { useEffect, type ReactNode } from "react";
import { formatShortcut, runCommand } from "../shared/commands.ts";
import { Logo } from "../shared/Logo.tsx";
import { Link, paths, useRoute } from "../shared/router.tsx";
import { ThemeToggle } from "../shared/ThemeToggle.tsx";
import styles from "./Shell.module.css";

const places = [
  { view: "dashboard", to: paths.dashboard, title: "Projects", Icon: LayoutGrid },
  { view: "trash", to: paths.trash, title: "Trash", Icon: Trash2 },
  { view: "settings", to: paths.settings, title: "Settings", Icon: Settings },
];

/** `hiddenHeading`: the view has no heading of its own that says where one is. */
export function Shell({ title, hiddenHeading, children }: { title: string; hiddenHeading?: boolean; children: ReactNode }) {
  const route = useRoute();
  useEffect(() => { document.title = `${title} · ACCID`; }, [title]);
  return (
    <>
      <a href="#content" className={styles["skip"]}>Skip to content</a>
      <header className={styles["bar"]}>
        <Link to={paths.dashboard} className={styles["brand"]} aria-label="ACCID, to the projects"><Logo /><span>ACCID</span></Link>
        <nav aria-label="Studio" className={styles["nav"]}>
          {places.map(({ view, to, title: name, Icon }) => (
            <Link key={view} to={to} aria-current={route.view === view ? "page" : undefined} aria-label={name}><Icon aria-hidden="true" /><span>{name}</span></Link>
          ))}
        </nav>
        <IconButton label="Commands" shortcut={formatShortcut("Mod+k")} onClick={() => runCommand("palette")}><Search /></IconButton>
        <ThemeToggle />
      </header>
      <main id="content" className={styles["main"]} tabIndex={-1}>{hiddenHeading && <h1 className="visually-hidden">{title}</h1>}{children}</main>
    </>
  );
}
