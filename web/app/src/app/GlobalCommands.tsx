// Commands that work everywhere, the palette that finds all commands, and the sheet that lists their keys.
import { Activity, Archive, HelpCircle, LayoutGrid, Search, Settings, SunMoon, Trash2 } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { allowedCommands } from "../shared/abilities.ts";
import { registerCommands } from "../shared/commands.ts";
import { navigate, paths } from "../shared/router.tsx";
import { isDark, useTheme } from "../shared/theme.ts";
import { CommandPalette } from "./CommandPalette.tsx";

const ShortcutSheet = lazy(() => import("./ShortcutSheet.tsx").then((module) => ({ default: module.ShortcutSheet })));

export function GlobalCommands() {
  const [open, setOpen] = useState<"palette" | "shortcuts" | null>(null);
  useEffect(() => registerCommands("studio", allowedCommands([
    { id: "palette", title: "Find a command", group: "Studio", icon: Search, shortcut: "Mod+k", whileTyping: true, run: () => setOpen((now) => (now === "palette" ? null : "palette")) },
    { id: "shortcuts", title: "Keyboard shortcuts", group: "Studio", icon: HelpCircle, shortcut: "?", run: () => setOpen("shortcuts") },
    { id: "projects", title: "Go to the projects", group: "Studio", icon: LayoutGrid, run: () => navigate(paths.dashboard) },
    { id: "trash", title: "Go to the trash", group: "Studio", icon: Trash2, run: () => navigate(paths.trash) },
    { id: "backup", title: "Go to the backups", group: "Studio", icon: Archive, run: () => navigate(paths.backup) },
    { id: "system", title: "Go to the system", group: "Studio", icon: Activity, run: () => navigate(paths.system) },
    { id: "settings", title: "Go to the settings", group: "Studio", icon: Settings, run: () => navigate(paths.settings) },
    { id: "theme", title: "Switch between light and dark", group: "Studio", icon: SunMoon, run: () => { const { theme, choose } = useTheme.getState(); choose(isDark(theme) ? "light" : "dark"); } },
  ])), []);
  return (
    <Suspense fallback={null}>
      {open === "palette" && <CommandPalette onClose={() => setOpen(null)} />}
      {open === "shortcuts" && <ShortcutSheet onClose={() => setOpen(null)} />}
    </Suspense>
  );
}
