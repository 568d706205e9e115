// A project for those who may only look: its pages as visitors see them, and its history.
import type { PageView, Project } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { BuilderActions } from "./BuilderActions.tsx";
import { Link, paths } from "../shared/router.tsx";
import styles from "./ReadOnly.module.css";
import { Shell } from "./Shell.tsx";

const nothing = () => Promise.resolve();

export function ReadOnly({ project, pages, page }: { project: Project; pages: PageView[]; page: PageView }) {
  return (
    <Shell title={project.name}>
      <div className={styles["head"]}>
        <h1>{project.name}</h1>
        <BuilderActions project={project} pageId={page.id} path={page.path} flush={nothing} follow={nothing} select={() => undefined} />
      </div>
      <nav aria-label="Pages" className={styles["pages"]}>
        {pages.map((one) => <Link key={one.id} to={paths.builder(project.slug, one.slug)} aria-current={one.id === page.id ? "page" : undefined}>{one.title || one.slug}</Link>)}
      </nav>
      <iframe className={styles["page"]} src={urls.canvas(project.slug, page.path)} title={`Page: ${page.title}`} />
    </Shell>
  );
}
