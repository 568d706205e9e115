// The frame around every view but the builder: the places one can go to, at the side or, on a telephone, at the lower
// edge where the thumb is.
import { IconButton } from "@accid/ui/Button";
import { PanelLeftClose, PanelLeftOpen, Search } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { allowed, useMe } from "../shared/abilities.ts";
import { formatShortcut, runCommand } from "../shared/commands.ts";
import { Logo } from "../shared/Logo.tsx";
import { Link, paths, useRoute } from "../shared/router.tsx";
import { ThemeToggle } from "../shared/ThemeToggle.tsx";
import { places } from "./places.ts";
import { VaultLine } from "../shared/VaultLine.tsx";
import styles from "./Shell.module.css";

const key = "accid.sidebar";

/** `hiddenHeading`: the view has no heading of its own that says where one is. */
export function Shell({ title, hiddenHeading, children }: { title: string; hiddenHeading?: boolean; children: ReactNode }) {
  const route = useRoute();
  const me = useMe();
  const [folded, setFolded] = useState(localStorage.getItem(key) === "folded");
  useEffect(() => { document.title = `${title} · ACCID`; }, [title]);
  const fold = () => { localStorage.setItem(key, folded ? "open" : "folded"); setFolded(!folded); };
  return (
    <div className={styles["shell"]} data-folded={folded}>
      <a href="#content" className={styles["skip"]}>Skip to content</a>
      <header className={styles["side"]}>
        <Link to={paths.dashboard} className={styles["brand"]} aria-label="ACCID, to the projects"><Logo size={28} /><span>ACCID</span></Link>
        <nav aria-label="Studio" className={styles["nav"]}>
          {allowed(places, me).map(({ view, to, title: name, Icon }) => (
            <Link key={view} to={to} aria-current={route.view === view ? "page" : undefined} title={name}><Icon aria-hidden="true" /><span>{name}</span></Link>
          ))}
        </nav>
        <div className={styles["tools"]}>
          <IconButton label="Commands" shortcut={formatShortcut("Mod+k")} onClick={() => runCommand("palette")}><Search /></IconButton>
          <ThemeToggle />
          <IconButton label={folded ? "Unfold the sidebar" : "Fold the sidebar"} aria-expanded={!folded} className={styles["fold"] ?? ""} onClick={fold}>{folded ? <PanelLeftOpen /> : <PanelLeftClose />}</IconButton>
        </div>
      </header>
      <main id="content" className={styles["main"]} tabIndex={-1}><VaultLine />{hiddenHeading && <h1 className="visually-hidden">{title}</h1>}{children}</main>
    </div>
  );
}
