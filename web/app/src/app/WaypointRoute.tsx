// Opens a photo story in Waypoint and hands it what other features bring: history, export, publishing.
import type { Project } from "@accid/api-client/types";
import { useEffect } from "react";
import { Waypoint } from "../features/waypoint/Waypoint.tsx";
import { queryClient } from "../shared/queries.ts";
import { BuilderActions } from "./BuilderActions.tsx";

const nothing = () => Promise.resolve();
/** What came back is read anew in every view. */
const follow = (project: string) => () => queryClient.invalidateQueries({ queryKey: ["gallery", project] });
const views = ["photos", "map", "albums", "story"] as const;

/** `view`: the last part of the address, when it names one. */
export function WaypointRoute({ project, view }: { project: Project; view: string | null }) {
  useEffect(() => { document.title = `${project.name} · ACCID`; }, [project.name]);
  const wanted = views.find((one) => one === view) ?? "photos";
  return <Waypoint key={project.id} project={project} view={wanted} actions={<BuilderActions project={project} pageId="" path="index.html" flush={nothing} follow={follow(project.slug)} select={() => undefined} />} />;
}
