// Two windows changed the same thing: a person decides, value by value, with what it was before in sight.
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { useState } from "react";
import { formatCount } from "../../shared/format.ts";
import styles from "./Builder.module.css";
import { useSession, useWorkbench } from "./model/context.tsx";
import { nameOfField, readable } from "./model/fieldNames.ts";
import type { Conflict, Side } from "./model/merge.ts";
import { findModule, kindOf, labelOf } from "./model/tree.ts";

const titles = { mine: "Mine", theirs: "Theirs" };

/** How one side reads: of a whole module that one of them removed, that it is gone. */
function words({ object, pointer, mine, theirs }: Conflict, side: Side): string {
  const value = side === "mine" ? mine : theirs;
  if (object === "structure") return side === "mine" ? "The order as you put it" : "The order as it is there";
  if (pointer !== "") return readable(value);
  return value === null ? "Removed" : "Kept, with its changes";
}

export function ConflictDialog() {
  const { saver, types, session } = useWorkbench();
  const conflict = useSession((state) => state.conflict);
  const page = useSession((state) => state.page);
  const deciding = useSession((state) => state.deciding);
  const [choices, setChoices] = useState<Record<string, Side>>({});
  if (!conflict || !deciding) return null;
  const moduleOf = (object: string) => [page, conflict.theirs, conflict.base].map((one) => findModule(one.modules, object)).find(Boolean) ?? null;
  const titleOf = (object: string) => {
    if (object === "page") return "The page itself";
    if (object === "structure") return "The order of the modules";
    const module = moduleOf(object);
    return module ? `${kindOf(module, types)}: ${labelOf(module, types)}` : "A module";
  };
  const all = (side: Side) => void saver.resolve(Object.fromEntries(conflict.conflicts.map(({ key }) => [key, side])));
  const objects = [...new Set(conflict.conflicts.map((one) => one.object))];
  return (
    <Dialog title="Changed in two places" size="large" onClose={() => session.setState({ deciding: false })} footer={<>
      <Button onClick={() => all("theirs")}>All theirs</Button>
      <Button onClick={() => all("mine")}>All mine</Button>
      <Button kind="primary" onClick={() => void saver.resolve(choices)}>Keep what is chosen</Button>
    </>}>
      <p>Another window or program changed the same as you: {formatCount(conflict.conflicts.length, "value")}. Everything else is already together. Choose whose to keep; the other one stays in the history.</p>
      {objects.map((object) => (
        <section key={object} className={styles["conflicts"]} aria-label={titleOf(object)}>
          <h3>{titleOf(object)}</h3>
          {conflict.conflicts.filter((one) => one.object === object).map((one) => {
            const name = nameOfField(one.pointer, object === "page" || object === "structure" ? null : moduleOf(object), types) || titleOf(object);
            return (
              <fieldset key={one.key} className={styles["conflict"]} data-conflict={one.key}>
                <legend>{one.pointer === "" ? <span className="visually-hidden">{name}</span> : name}</legend>
                {one.pointer !== "" && <p className={styles["before"]}><strong>Before</strong>{readable(one.base)}</p>}
                {(["mine", "theirs"] as const).map((side) => (
                  <label key={side}>
                    <input type="radio" name={one.key} checked={(choices[one.key] ?? "mine") === side} onChange={() => setChoices({ ...choices, [one.key]: side })} />
                    <span><strong>{titles[side]}</strong>{words(one, side)}</span>
                  </label>
                ))}
              </fieldset>
            );
          })}
        </section>
      ))}
    </Dialog>
  );
}
