// A list of values: add, remove, move; each item opens and closes.
import type { Json } from "@accid/api-client/types";
import { Button, IconButton } from "@accid/ui/Button";
import { HelpText } from "@accid/ui/Field";
import { ArrowDown, ArrowUp, ChevronRight, Plus, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { say } from "../../../shared/announce.ts";
import { useAsked } from "../model/asked.ts";
import { joinPointer } from "../model/patch.ts";
import styles from "./Inspector.module.css";
import { blankOf, controlOf, nameOfItem, resolve } from "./schema.ts";
import { SchemaField, SchemaFields, type FieldProps } from "./SchemaField.tsx";
import type { JsonSchema } from "@accid/api-client/types";

type Props = FieldProps & { label: string; help?: string | undefined; item: JsonSchema };

export function ListField({ label, help, item, root, value, onChange, path, schema }: Props) {
  const items = Array.isArray(value) ? value : [];
  const list = useRef<HTMLFieldSetElement>(null);
  const [open, setOpen] = useState<number | null>(null);
  const asked = useAsked((state) => state.asked?.pointer ?? "");
  const own = joinPointer("props", ...path);
  const wanted = asked.startsWith(`${own}/`) ? Number(asked.slice(own.length + 1).split("/")[0]) : null;
  const [led, setLed] = useState<number | null>(null);
  if (wanted !== led) { setLed(wanted); if (wanted !== null && wanted < items.length) setOpen(wanted); }
  const itemSchema = resolve(item, root);
  const control = controlOf(itemSchema);
  const fields = Object.entries(itemSchema.properties ?? {});
  const write = (next: Json[]) => onChange(path, next);
  // The keys go on with the item that was moved, or with the one after the one that is gone.
  const focusAt = (index: number, tasks: string[]) => requestAnimationFrame(() => {
    const buttons = tasks.map((task) => list.current?.querySelector<HTMLElement>(`:scope > ol > li:nth-child(${index + 1}) [data-item-task="${task}"]:not(:disabled)`));
    (buttons.find(Boolean) ?? list.current?.querySelector<HTMLElement>("[data-item-task='add']"))?.focus();
  });
  const add = () => {
    write([...items, blankOf(item, root)]);
    setOpen(items.length);
    say(`Added; ${items.length + 1} now`);
    // On to writing it.
    requestAnimationFrame(() => {
      const added = list.current?.querySelector(`:scope > ol > li:nth-child(${items.length + 1})`);
      const inside = "input:not([type=hidden]), textarea, select, button";
      (added?.querySelector("[data-item-body]")?.querySelector<HTMLElement>(inside) ?? added?.querySelector<HTMLElement>(inside))?.focus();
    });
  };
  const remove = (index: number) => {
    write(items.filter((_, at) => at !== index));
    setOpen(null);
    say(`Removed; ${items.length - 1} left`);
    focusAt(Math.min(index, items.length - 2), ["remove"]);
  };
  const move = (index: number, by: number) => {
    const next = [...items];
    const [moved] = next.splice(index, 1);
    if (moved === undefined) return;
    next.splice(index + by, 0, moved);
    write(next);
    setOpen(open === index ? index + by : open);
    focusAt(index + by, by < 0 ? ["up", "down"] : ["down", "up"]);
    say(`Moved to place ${index + by + 1} of ${items.length}`);
  };
  const isSimple = control.kind !== "group" && control.kind !== "image";
  const longest = schema.maxItems ?? Infinity;
  return (
    <fieldset ref={list} className={styles["group"]}>
      <legend>{label} <small>{items.length}</small></legend>
      {help && <p className={styles["help"]}><HelpText text={help} /></p>}
      <ol className={styles["items"]}>
        {items.map((one, index) => (
          <li key={index} className={styles["item"]}>
            <div className={styles["itemHead"]}>
              {isSimple
                ? <div className={styles["itemField"]}><SchemaField name={`${label} ${index + 1}`} schema={itemSchema} root={root} value={one} onChange={onChange} path={[...path, index]} /></div>
                : <button type="button" className={styles["itemName"]} aria-expanded={open === index} onClick={() => setOpen(open === index ? null : index)}><ChevronRight aria-hidden="true" /><span>{nameOfItem(one, index)}</span></button>}
              <IconButton label={`Move ${nameOfItem(one, index)} up`} data-item-task="up" disabled={index === 0} onClick={() => move(index, -1)}><ArrowUp /></IconButton>
              <IconButton label={`Move ${nameOfItem(one, index)} down`} data-item-task="down" disabled={index === items.length - 1} onClick={() => move(index, 1)}><ArrowDown /></IconButton>
              <IconButton label={`Remove ${nameOfItem(one, index)}`} data-item-task="remove" onClick={() => remove(index)}><Trash2 /></IconButton>
            </div>
            {!isSimple && open === index && (
              <div className={styles["itemBody"]} data-item-body="">
                {control.kind === "image"
                  ? <SchemaField name="Picture" schema={itemSchema} root={root} value={one} onChange={onChange} path={[...path, index]} />
                  : <SchemaFields fields={fields} root={root} value={one} onChange={onChange} path={[...path, index]} />}
              </div>
            )}
          </li>
        ))}
      </ol>
      <Button icon={<Plus />} data-item-task="add" disabled={items.length >= longest} onClick={add}>Add to {label.toLowerCase()}</Button>
    </fieldset>
  );
}
