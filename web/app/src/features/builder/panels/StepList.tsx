// The steps of a tutorial in their order: how far one is, on to the next, add, preview.
import { request } from "@accid/api-client/client";
import type { PageView } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button, IconButton } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, Eye, ListPlus } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { say } from "../../../shared/announce.ts";
import { registerCommands, runCommand } from "../../../shared/commands.ts";
import { queries, refreshProjects } from "../../../shared/queries.ts";
import { navigate, paths } from "../../../shared/router.tsx";
import { useWorkbench } from "../model/context.tsx";
import { copyModule, makeModule } from "../model/tree.ts";
import { PageRows } from "./PageRows.tsx";
import styles from "./Panels.module.css";
import { around, frameOf, stepsOf } from "./steps.ts";

const TutorialPreview = lazy(() => import("./TutorialPreview.tsx").then((module) => ({ default: module.TutorialPreview })));

function NewStep({ project, last, onClose }: { project: string; last: PageView | null; onClose: () => void }) {
  const { saver, session, types } = useWorkbench();
  const [title, setTitle] = useState("");
  const make = useMutation({
    mutationFn: async () => {
      await saver.flush();
      const [first, ...rest] = frameOf(session.getState().page.modules).map(copyModule);
      const hero = types.find((type) => type.type === "hero");
      // The title is there to begin with; the words of the example are not.
      const opening = hero ? [{ ...makeModule(hero), props: { title: title.trim() } }] : [];
      const modules = [...(first ? [first] : []), ...opening, ...rest];
      const page = await request<PageView>(urls.pages(project), { body: { title: title.trim(), kind: "tutorial", modules, ...(last?.parent ? { parent: last.parent } : {}) } });
      // The list of steps leads to it; the menu would be full of them.
      return request<PageView>(urls.page(project, page.id), { method: "PUT", body: { navigation: { show: false } }, ifMatch: page.etag });
    },
    onSuccess: (page) => { refreshProjects(); onClose(); navigate(paths.builder(project, page.slug)); say(`“${page.title}” is the last step.`); },
  });
  return (
    <Dialog title="New step" onClose={onClose}>
      <form className={styles["form"]} onSubmit={(event) => { event.preventDefault(); if (title.trim()) make.mutate(); }}>
        <TextField label="What is done in it" autoFocus required placeholder="Cut the planks" value={title} onChange={(event) => setTitle(event.target.value)} help="Its title. It becomes the last step; move it to its place in the list." />
        {make.error && <ErrorNote error={make.error} />}
        <Button kind="primary" type="submit" busy={make.isPending} disabled={!title.trim()}>Add the step</Button>
      </form>
    </Dialog>
  );
}

interface Props { project: string; name: string; current: string; onGone?: () => void }

export function StepList({ project, name, current, onGone }: Props) {
  const { saver } = useWorkbench();
  const pages = useQuery(queries.pages(project)).data ?? [];
  const steps = stepsOf(pages);
  const { number, count, previous, next } = around(pages, current);
  const go = (page: PageView | null) => { if (page) navigate(paths.builder(project, page.slug)); };
  return (
    <nav aria-label="Steps">
      <div className={styles["sectionHead"]}>
        <h2>Steps</h2>
        <span>
          <IconButton label="Preview the tutorial" disabled={count === 0} onClick={() => void saver.flush().finally(() => runCommand("preview-tutorial"))}><Eye /></IconButton>
          <IconButton label="New step" onClick={() => runCommand("new-step")}><ListPlus /></IconButton>
        </span>
      </div>
      {count === 0 && <p className={styles["hint"]}>{name} has no steps yet. Each step is a page: visitors go from one to the next and see how far they are.</p>}
      {count > 0 && (
        <div className={styles["steps"]}>
          <IconButton label={previous ? `Previous step: ${previous.title}` : "No step before this one"} disabled={!previous} onClick={() => go(previous)}><ChevronLeft /></IconButton>
          <label><span>{number > 0 ? `Step ${number} of ${count}` : count === 1 ? "1 step" : `${count} steps`}</span><progress value={number} max={count} /></label>
          <IconButton label={next ? `Next step: ${next.title}` : "This is the last step"} disabled={!next} onClick={() => go(next)}><ChevronRight /></IconButton>
        </div>
      )}
      <PageRows project={project} current={current} pages={pages} shown={steps} numbered {...(onGone ? { onGone } : {})} />
    </nav>
  );
}

/** What can be done with steps, as commands; there whatever panel is open. */
export function StepCommands({ project, name, current }: { project: string; name: string; current: string }) {
  const pages = useQuery(queries.pages(project)).data;
  const [open, setOpen] = useState<"new" | "preview" | null>(null);
  useEffect(() => {
    const { previous, next, count } = around(pages ?? [], current);
    const go = (page: PageView | null) => () => { if (page) navigate(paths.builder(project, page.slug)); };
    return registerCommands("steps", [
      { id: "new-step", title: "New step", group: "Tutorial", icon: ListPlus, run: () => setOpen("new") },
      { id: "next-step", title: "Go to the next step", group: "Tutorial", icon: ChevronRight, shortcut: "Mod+Alt+PageDown", when: () => next !== null, otherwise: "This is the last step.", run: go(next) },
      { id: "previous-step", title: "Go to the step before", group: "Tutorial", icon: ChevronLeft, shortcut: "Mod+Alt+PageUp", when: () => previous !== null, otherwise: "There is no step before this one.", run: go(previous) },
      { id: "preview-tutorial", title: "Preview the tutorial", group: "Tutorial", icon: Eye, when: () => count > 0, otherwise: "The tutorial has no steps yet.", run: () => setOpen("preview") },
    ]);
  }, [pages, current, project]);
  const close = () => setOpen(null);
  return (
    <>
      {open === "new" && <NewStep project={project} last={stepsOf(pages ?? []).at(-1)?.page ?? null} onClose={close} />}
      <Suspense fallback={null}>{open === "preview" && pages && <TutorialPreview project={project} name={name} pages={pages} start={current} onClose={close} />}</Suspense>
    </>
  );
}
