// The kinds of modules: pick one to add it, or drag it to its place.
import type { ModuleType } from "@accid/api-client/types";
import { useState } from "react";
import { TextField } from "@accid/ui/Field";
import { useWorkbench } from "../model/context.tsx";
import { followDrag } from "../model/dragging.ts";
import { addModule, placeForNew } from "../model/edits.ts";
import { KindIcon } from "./icons.tsx";
import styles from "./Panels.module.css";

export function Palette({ onAdded }: { onAdded?: () => void }) {
  const workbench = useWorkbench();
  const { session, types } = workbench;
  const [text, setText] = useState("");
  const shown = types.filter((type) => `${type.title} ${type.description} ${type.type}`.toLowerCase().includes(text.trim().toLowerCase()));
  const add = (type: ModuleType) => { addModule(session, type, placeForNew(session, types)); onAdded?.(); };
  return (
    <div className={styles["palette"]}>
      <TextField label="Find a module" hideLabel type="search" placeholder="Find a module" value={text} onChange={(event) => setText(event.target.value)} />
      <p className={styles["hint"]}>Click to add behind what is chosen, or drag to the place you want.</p>
      <ul className={styles["kinds"]}>
        {shown.map((type) => (
            <li key={type.type}>
              <button type="button" className={styles["kind"]} title={type.description} data-kind={type.type} onClick={() => add(type)}
                onPointerDown={(event) => { if (event.button === 0 && event.pointerType !== "touch") followDrag(workbench, { drag: { kind: "new", type: type.type }, event: event.nativeEvent, target: event.currentTarget }); }}>
                <KindIcon kind={type.type} />
                <span>{type.title}</span>
              </button>
            </li>
        ))}
      </ul>
      {shown.length === 0 && <p className={styles["hint"]} role="status">No kind is called that.</p>}
    </div>
  );
}
