// The places one can go to, in their order.
import { Activity, Archive, LayoutGrid, Settings, Trash2, type LucideIcon } from "lucide-react";
import type { Ability } from "../shared/abilities.ts";
import { paths, type Route } from "../shared/router.tsx";

export interface Place { view: Route["view"]; to: string; title: string; Icon: LucideIcon; ability: Ability }

export const places: Place[] = [
  { view: "dashboard", to: paths.dashboard, title: "Projects", Icon: LayoutGrid, ability: "see-projects" },
  { view: "trash", to: paths.trash, title: "Trash", Icon: Trash2, ability: "see-trash" },
  { view: "backup", to: paths.backup, title: "Backup", Icon: Archive, ability: "see-backup" },
  { view: "system", to: paths.system, title: "System", Icon: Activity, ability: "see-system" },
  { view: "settings", to: paths.settings, title: "Settings", Icon: Settings, ability: "see-settings" },
];
