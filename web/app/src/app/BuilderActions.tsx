// The buttons of the builder's bar that open other features: history, export and publishing.
import type { Project } from "@accid/api-client/types";
import { Button, IconButton } from "@accid/ui/Button";
import { Menu } from "@accid/ui/Menu";
import { Camera, Download, History, ListChecks, Rocket } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { allowedCommands, useMay } from "../shared/abilities.ts";
import { allCommands, registerCommands, runCommand, useCommands } from "../shared/commands.ts";
import type { Wanted } from "../shared/goTo.ts";
import styles from "./BuilderActions.module.css";

const HistoryPanel = lazy(() => import("../features/history/HistoryPanel.tsx").then((module) => ({ default: module.HistoryPanel })));
const SnapshotDialog = lazy(() => import("../features/history/SnapshotDialog.tsx").then((module) => ({ default: module.SnapshotDialog })));
const CheckDialog = lazy(() => import("../features/check/CheckDialog.tsx").then((module) => ({ default: module.CheckDialog })));
const PublishDialog = lazy(() => import("../features/publish/PublishDialog.tsx").then((module) => ({ default: module.PublishDialog })));

interface Props { project: Project; pageId: string; path: string; flush: () => Promise<void>; follow: () => Promise<void>; select: (place: Wanted) => void }
type View = "history" | "snapshot" | "publish" | "export" | "check";

/** What a telephone's bar has no room for, as commands. */
const more = ["palette", "check", "history", "snapshot", "export", "phone", "tablet", "desktop", "shortcuts", "theme"];

function MoreMenu() {
  useCommands((state) => state.sets);
  const items = more.flatMap((id) => {
    const command = allCommands().find((one) => one.id === id);
    const Icon = command?.icon;
    return command ? [{ title: command.title, icon: Icon && <Icon aria-hidden="true" />, run: () => runCommand(id) }] : [];
  });
  return <span className={styles["more"]}><Menu label="More" items={items} /></span>;
}

export function BuilderActions({ project, pageId, path, flush, follow, select }: Props) {
  const may = useMay();
  const [view, setView] = useState<View | null>(null);
  // What is shown next must know the latest draft, so it is saved first.
  const [open] = useState(() => (next: View) => void flush().finally(() => setView(next)));
  useEffect(() => registerCommands("project", allowedCommands([
    { id: "snapshot", title: "Keep a named version", group: "Project", icon: Camera, shortcut: "Mod+s", whileTyping: true, run: () => open("snapshot") },
    { id: "history", title: "History", group: "Project", icon: History, shortcut: "h", run: () => open("history") },
    { id: "export", title: "Export to a folder", group: "Project", icon: Download, run: () => open("export") },
    { id: "check", title: "Check the site", group: "Project", icon: ListChecks, run: () => open("check") },
    { id: "publish", title: "Publish", group: "Project", icon: Rocket, shortcut: "p", run: () => open("publish") },
  ])), [open]);
  const close = () => setView(null);
  return (
    <>
      <IconButton label="History" shortcut="h" className={styles["history"] ?? ""} onClick={() => open("history")}><History /></IconButton>
      <IconButton label="Check the site" className={styles["check"] ?? ""} onClick={() => open("check")}><ListChecks /></IconButton>
      {may("publish") && <Button kind="primary" icon={<Rocket />} className={styles["publish"] ?? ""} onClick={() => open("publish")}>Publish</Button>}
      <MoreMenu />
      <Suspense fallback={null}>
        {view === "history" && <HistoryPanel project={project} pageId={pageId} path={path} onRestored={follow} onClose={close} />}
        {view === "snapshot" && <SnapshotDialog project={project.slug} onClose={close} />}
        {view === "check" && <CheckDialog project={project} pageId={pageId} onSelect={select} onClose={close} />}
        {(view === "publish" || view === "export") && <PublishDialog project={project} start={view} onCheck={() => setView("check")} onClose={close} />}
      </Suspense>
    </>
  );
}
