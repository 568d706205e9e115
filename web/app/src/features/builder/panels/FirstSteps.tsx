// The way to a first published page, for who has not gone it yet: three things to do, ticked off as they happen.
import { Button, IconButton } from "@accid/ui/Button";
import { Circle, CircleCheck, X } from "lucide-react";
import { useEffect } from "react";
import { say } from "../../../shared/announce.ts";
import { runCommand } from "../../../shared/commands.ts";
import { onStudioEvent } from "../../../shared/events.ts";
import { useWorkbench, type Workbench } from "../model/context.tsx";
import { finishStep, hideFirstSteps, stepOfChange, useFirstSteps, type FirstStep } from "../../../shared/firstSteps.ts";
import { select } from "../model/session.ts";
import { flatten } from "../model/tree.ts";
import styles from "./FirstSteps.module.css";

/** Starts the editing of the page's opening, or of the first module that has a text. */
function editSomething({ session, canvas }: Workbench) {
  const all = flatten(session.getState().page.modules).map((one) => one.module);
  const first = all.find((module) => module.type === "hero") ?? all.find((module) => module.type === "text") ?? all[0];
  if (!first) { runCommand("add"); return; }
  select(session, first.id);
  canvas.editText(first.id);
}

const steps: { name: FirstStep; title: string; how: string; show: (workbench: Workbench) => void }[] = [
  { name: "text", title: "Change some words", how: "Double-click a text on the page and type.", show: editSomething },
  { name: "module", title: "Add something", how: "Drag it from Add to its place on the page.", show: () => runCommand("add") },
  { name: "publish", title: "Publish", how: "Into a folder of this machine, to look at.", show: () => runCommand("publish") },
];

/** Notices what was done, whether the steps are shown or not. */
export function useFirstStepsProgress(workbench: Workbench | null) {
  useEffect(() => {
    if (!workbench) return;
    const stops = [
      workbench.session.subscribe((state, before) => {
        const last = state.undoList === before.undoList ? undefined : state.undoList.done.at(-1);
        const step = last ? stepOfChange(last.title) : null;
        if (step) finishStep(step);
      }),
      onStudioEvent((event) => { if (event.type === "deploy-done") finishStep("publish"); }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [workbench]);
}

export function FirstSteps() {
  const workbench = useWorkbench();
  const { done, hidden } = useFirstSteps();
  if (hidden) return null;
  const next = steps.find((step) => !done.includes(step.name))?.name;
  return (
    <section className={styles["steps"]} aria-label="First steps">
      <div className={styles["head"]}>
        <h2>First steps</h2>
        <IconButton label="Hide the first steps" onClick={() => { hideFirstSteps(); say("The first steps are hidden."); }}><X /></IconButton>
      </div>
      <ol>
        {steps.map(({ name, title, how, show }) => {
          const isDone = done.includes(name);
          return (
            <li key={name} data-step={name} data-done={isDone}>
              {isDone ? <CircleCheck aria-label="Done" /> : <Circle aria-hidden="true" />}
              <div>
                <strong>{title}</strong>
                {!isDone && <span>{how}</span>}
                {name === next && <Button aria-label={`Show me: ${title}`} onClick={() => show(workbench)}>Show me</Button>}
              </div>
            </li>
          );
        })}
      </ol>
      <p className={styles["note"]}>Everything is saved by itself, and every version is kept.</p>
    </section>
  );
}
