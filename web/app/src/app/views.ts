// The views that are fetched when somebody goes there.
import { lazyView } from "../shared/lazyView.tsx";
import type { Route } from "../shared/router.tsx";

export const Trash = lazyView(() => import("../features/trash/Trash.tsx").then((module) => module.Trash));
export const Settings = lazyView(() => import("../features/settings/Settings.tsx").then((module) => module.Settings));
export const System = lazyView(() => import("../features/system/System.tsx").then((module) => module.System));
export const Backup = lazyView(() => import("../features/backup/Backup.tsx").then((module) => module.Backup));
export const BuilderRoute = lazyView(() => import("./BuilderRoute.tsx").then((module) => module.BuilderRoute));
export const WaypointRoute = lazyView(() => import("./WaypointRoute.tsx").then((module) => module.WaypointRoute));

export const BuiltRoute = lazyView(() => import("./BuiltRoute.tsx").then((module) => module.BuiltRoute));

/** Fetches what a route needs, so that its first picture is the right one. */
export async function preloadView(route: Route) {
  if (route.view === "trash") await Trash.preload();
  if (route.view === "settings") await Settings.preload();
  if (route.view === "system") await System.preload();
  if (route.view === "backup") await Backup.preload();
  if (route.view === "builder") await BuilderRoute.preload();
}
