// Opens a project that stands for a folder and hands it what other features bring: history, export, publishing.
import type { Project } from "@accid/api-client/types";
import { useEffect } from "react";
import { Built } from "../features/built/Built.tsx";
import { refreshProjects } from "../shared/queries.ts";
import { BuilderActions } from "./BuilderActions.tsx";

const nothing = () => Promise.resolve();
const follow = () => { refreshProjects(); return Promise.resolve(); };

export function BuiltRoute({ project }: { project: Project }) {
  useEffect(() => { document.title = `${project.name} · ACCID`; }, [project.name]);
  return <Built key={project.id} project={project} actions={<BuilderActions project={project} pageId="" path="index.html" flush={nothing} follow={follow} select={() => undefined} />} />;
}
