// Opens a project in the tool of its kind: a photo story in Waypoint, a folder with a build command in its own view, everything else in the builder.
import { useQuery } from "@tanstack/react-query";
import { queries } from "../shared/queries.ts";
import { BuilderRoute, BuiltRoute, WaypointRoute } from "./views.ts";

export function ProjectRoute({ project: id, page }: { project: string; page: string | null }) {
  const project = useQuery(queries.project(id)).data;
  if (project?.type === "react") return <BuiltRoute project={project} />;
  // The builder asks for its pages meanwhile; most projects are websites.
  return project?.type === "gallery" ? <WaypointRoute project={project} view={page} /> : <BuilderRoute project={id} page={page} />;
}
