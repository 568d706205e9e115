// The kinds of modules, each with its picture: pick one to add it, or drag it to its place.
import type { ModuleType } from "@accid/api-client/types";
import { TextField } from "@accid/ui/Field";
import { useId, useState } from "react";
import { useWorkbench } from "../model/context.tsx";
import { followDrag } from "../model/dragging.ts";
import { addModule, placeForNew } from "../model/edits.ts";
import { groupKinds } from "./kinds.ts";
import styles from "./Panels.module.css";
import { KindPicture } from "./pictures.tsx";

/** After a module was added by its name, the keys go on with it. */
const toCanvas = () => document.querySelector<HTMLElement>("[data-stage]")?.focus({ preventScroll: true });

export function Palette({ onAdded }: { onAdded?: () => void }) {
  const workbench = useWorkbench();
  const { session, types } = workbench;
  const id = useId();
  const [text, setText] = useState("");
  const groups = groupKinds(types, text);
  const add = (type: ModuleType) => { addModule(session, type, placeForNew(session, types)); onAdded?.(); };
  return (
    <div className={styles["palette"]}>
      <TextField label="Find a module" hideLabel type="search" placeholder="Find a module" value={text} onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => { const only = groups[0]?.types[0]; if (event.key === "Enter" && text.trim() && only) { event.preventDefault(); add(only); setText(""); toCanvas(); } }} />
      <p className={styles["hint"]}>Click to add behind what is chosen, or drag to the place you want.</p>
      {groups.map((group) => (
        <section key={group.title} aria-labelledby={`${id}-${group.title}`}>
          <h2 id={`${id}-${group.title}`} className={styles["groupName"]}>{group.title}</h2>
          <ul className={styles["kinds"]}>
            {group.types.map((type) => (
              <li key={type.type}>
                <button type="button" className={styles["kind"]} title={type.description} data-kind={type.type} onClick={() => add(type)}
                  onPointerDown={(event) => { if (event.button === 0 && event.pointerType !== "touch") followDrag(workbench, { drag: { kind: "new", type: type.type }, event: event.nativeEvent, target: event.currentTarget }); }}>
                  <KindPicture kind={type.type} />
                  <span>{type.title}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {groups.length === 0 && <p className={styles["hint"]} role="status">No kind is called that.</p>}
    </div>
  );
}
