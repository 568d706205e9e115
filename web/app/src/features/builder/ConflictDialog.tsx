// Two windows changed the same thing: a person decides, one thing at a time.
import type { Json } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { useState } from "react";
import styles from "./Builder.module.css";
import { useSession, useWorkbench } from "./model/context.tsx";
import type { Side } from "./model/merge.ts";
import { diff } from "./model/patch.ts";
import { findModule, kindOf, labelOf } from "./model/tree.ts";

function summary(from: Json, to: Json): string {
  if (to === null) return "Removed";
  if (from === null) return "Still there";
  const shown = diff(from, to).flatMap((operation) => ("value" in operation && typeof operation.value !== "object" ? [`${operation.path.split("/").pop()}: ${String(operation.value)}`] : []));
  return shown.slice(0, 3).join(" · ") || "Changed";
}

export function ConflictDialog() {
  const { saver, types, session } = useWorkbench();
  const conflict = useSession((state) => state.conflict);
  const page = useSession((state) => state.page);
  const deciding = useSession((state) => state.deciding);
  const [choices, setChoices] = useState<Record<string, Side>>({});
  if (!conflict || !deciding) return null;
  const nameOf = (key: string) => {
    if (key === "page") return "The page's title and settings";
    if (key === "structure") return "The order of the modules";
    const module = findModule(page.modules, key) ?? findModule(conflict.theirs.modules, key) ?? findModule(conflict.base.modules, key);
    return module ? `${kindOf(module, types)}: ${labelOf(module, types)}` : "A module";
  };
  const all = (side: Side) => void saver.resolve(Object.fromEntries(conflict.conflicts.map(({ key }) => [key, side])));
  return (
    <Dialog title="Changed in two places" size="medium" onClose={() => session.setState({ deciding: false })} footer={<>
      <Button onClick={() => all("theirs")}>All theirs</Button>
      <Button onClick={() => all("mine")}>All mine</Button>
      <Button kind="primary" onClick={() => void saver.resolve(choices)}>Keep what is chosen</Button>
    </>}>
      <p>Another window or program changed the same things as you. Everything else is already together; for these, choose whose to keep. The other one stays in the history.</p>
      {conflict.conflicts.map(({ key, mine, theirs }) => (
        <fieldset key={key} className={styles["conflict"]}>
          <legend>{nameOf(key)}</legend>
          {(["mine", "theirs"] as const).map((side) => (
            <label key={side}>
              <input type="radio" name={key} checked={(choices[key] ?? "mine") === side} onChange={() => setChoices({ ...choices, [key]: side })} />
              <span><strong>{side === "mine" ? "Mine" : "Theirs"}</strong>{side === "mine" ? summary(theirs, mine) : summary(mine, theirs)}</span>
            </label>
          ))}
        </fieldset>
      ))}
    </Dialog>
  );
}
