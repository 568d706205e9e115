// The kinds of modules, each with its picture: pick one to add it, or drag it to its place.
import type { ModuleType } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { TextField } from "@accid/ui/Field";
import { LayoutTemplate } from "lucide-react";
import { lazy, Suspense, useEffect, useId, useRef, useState } from "react";
import { say } from "../../../shared/announce.ts";
import { useWorkbench } from "../model/context.tsx";
import { followDrag } from "../model/dragging.ts";
import { addModule, placeForNew } from "../model/edits.ts";
import { holdTouches } from "../model/lift.ts";
import { bestKind, groupKinds } from "./kinds.ts";
import styles from "./Panels.module.css";
import { KindPicture } from "./pictures.tsx";

const PatternDialog = lazy(() => import("./PatternDialog.tsx").then((module) => ({ default: module.PatternDialog })));

/** After a module was added by its name, the keys go on with it. */
const toCanvas = () => document.querySelector<HTMLElement>("[data-stage]")?.focus({ preventScroll: true });

export function Palette({ onAdded }: { onAdded?: () => void }) {
  const workbench = useWorkbench();
  const { session, types } = workbench;
  const id = useId();
  const [text, setText] = useState("");
  const [patterns, showPatterns] = useState(false);
  const groups = groupKinds(types, text);
  const best = bestKind(types, text);
  const add = (type: ModuleType) => { addModule(session, type, placeForNew(session, types)); onAdded?.(); };
  const look = (next: string) => {
    setText(next);
    const first = bestKind(types, next);
    if (first) say(`Enter adds: ${first.title}`);
  };
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => (list.current ? holdTouches(list.current) : undefined), []);
  return (
    <div ref={list} className={styles["palette"]}>
      <TextField label="Find a module" hideLabel type="search" placeholder="Find a module" value={text} onChange={(event) => look(event.target.value)}
        onKeyDown={(event) => { if (event.key === "Enter" && best) { event.preventDefault(); add(best); setText(""); toCanvas(); } }} />
      <p className={styles["hint"]}>Click to add behind what is chosen, or drag to the place you want. A finger lifts a module by resting on it.</p>
      <Button icon={<LayoutTemplate />} onClick={() => showPatterns(true)}>Patterns: pages and sections</Button>
      {groups.map((group) => (
        <section key={group.title} aria-labelledby={`${id}-${group.title}`}>
          <h2 id={`${id}-${group.title}`} className={styles["groupName"]}>{group.title}</h2>
          <ul className={styles["kinds"]}>
            {group.types.map((type) => (
              <li key={type.type}>
                <button type="button" className={styles["kind"]} title={type.description} data-kind={type.type} data-best={type === best || undefined} onClick={() => add(type)}
                  onPointerDown={(event) => { if (event.button === 0) followDrag(workbench, { drag: { kind: "new", type: type.type }, event: event.nativeEvent, target: event.currentTarget, onEnd: onAdded }); }}>
                  <KindPicture kind={type.type} />
                  <span>{type.title}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {groups.length === 0 && <p className={styles["hint"]} role="status">No kind is called that.</p>}
      <Suspense>{patterns && <PatternDialog onClose={() => { showPatterns(false); onAdded?.(); }} />}</Suspense>
    </div>
  );
}
