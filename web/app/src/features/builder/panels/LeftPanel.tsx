// The panel to the left of the canvas: pages and outline, new modules, the site's look, the site itself.
import type { Project } from "@accid/api-client/types";
import { Skeleton } from "@accid/ui/Feedback";
import { Tabs } from "@accid/ui/Tabs";
import { lazy, Suspense } from "react";
import { siteDraftOf, themeDraftOf, useDrafts } from "../design/drafts.ts";
import { FirstSteps } from "./FirstSteps.tsx";
import { Outline } from "./Outline.tsx";
import { PageList } from "./PageList.tsx";
import { RoleList } from "./RoleList.tsx";
import { Palette } from "./Palette.tsx";
import styles from "./Panels.module.css";
import { StepList } from "./StepList.tsx";

const DesignPanel = lazy(() => import("../design/DesignPanel.tsx").then((module) => ({ default: module.DesignPanel })));
const SitePanel = lazy(() => import("../design/SitePanel.tsx").then((module) => ({ default: module.SitePanel })));

export type LeftTab = "structure" | "add" | "design" | "site";
interface Props { project: Project; page: string; tab: LeftTab; onTab: (tab: LeftTab) => void; onGone: () => void }

export function LeftPanel({ project, page, tab, onTab, onGone }: Props) {
  const themed = useDrafts(themeDraftOf(project.slug)) !== null;
  const named = useDrafts(siteDraftOf(project.slug)) !== null;
  return (
    <div className={styles["panel"]} data-left="" data-commands-work="">
      <Tabs label="Panel" chosen={tab} onChoose={onTab} tabs={[
        { name: "structure", title: "Structure" }, { name: "add", title: "Add" }, { name: "design", title: "Design", mark: themed }, { name: "site", title: "Site", mark: named },
      ]}>
        {tab === "structure" && <>
          {project.type === "tutorial" && <StepList project={project.slug} name={project.name} current={page} onGone={onGone} />}
          <PageList project={project.slug} current={page} withoutSteps={project.type === "tutorial"} onGone={onGone} />
          <RoleList project={project.slug} role="part" current={page} onGone={onGone} />
          <RoleList project={project.slug} role="pattern" current={page} onGone={onGone} />
          <section aria-label="Outline"><div className={styles["sectionHead"]}><h2>Outline</h2></div><Outline /></section>
          <FirstSteps />
        </>}
        {tab === "add" && <Palette onAdded={onGone} />}
        <Suspense fallback={<Skeleton height={240} />}>
          {tab === "design" && <DesignPanel project={project} />}
          {tab === "site" && <SitePanel project={project} />}
        </Suspense>
      </Tabs>
    </div>
  );
}
