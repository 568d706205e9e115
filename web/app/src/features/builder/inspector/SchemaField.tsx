// One value of a module's content, with the control that its schema asks for.
import type { Json, JsonObject, JsonSchema } from "@accid/api-client/types";
import { Field, HelpText, SelectField, SwitchField, TextArea, TextField } from "@accid/ui/Field";
import { lazy, Suspense, useId } from "react";
import { Skeleton } from "@accid/ui/Feedback";
import { ImageField } from "./ImageField.tsx";
import styles from "./Inspector.module.css";
import { LinkInput } from "./LinkInput.tsx";
import { ListField } from "./ListField.tsx";
import { NumberField } from "./NumberField.tsx";
import { PartField } from "./PartField.tsx";
import { Folded } from "./Folded.tsx";
import { VideoField } from "./VideoField.tsx";
import { controlOf, groupFields, isMeant, isTold, resolve, titleOf } from "./schema.ts";
import { joinPointer } from "../model/patch.ts";

const RichField = lazy(() => import("./RichField.tsx").then((module) => ({ default: module.RichField })));

export interface FieldProps {
  name: string;
  schema: JsonSchema;
  root: JsonSchema;
  value: Json | undefined;
  /** `path` leads from the module's props to the value that changed. */
  onChange: (path: (string | number)[], value: Json) => void;
  path: (string | number)[];
}

const asText = (value: Json | undefined) => (typeof value === "string" ? value : "");
const asObject = (value: Json | undefined): JsonObject => (typeof value === "object" && value !== null && !Array.isArray(value) ? value : {});

export function SchemaFields({ fields, ...rest }: { fields: [string, JsonSchema][] } & Omit<FieldProps, "name" | "schema">) {
  const { root, path } = rest;
  const values = asObject(rest.value);
  const meant = fields.filter(([, schema]) => isMeant(schema, root, values, fields));
  return groupFields(meant, root).map((set) => {
    const inside = set.fields.map(([name, schema]) => (
      <div key={name} className={styles["asked"]} data-field={joinPointer("props", ...path, name)}><SchemaField {...rest} name={name} schema={schema} value={values[name]} path={[...path, name]} /></div>
    ));
    if (set.title === null) return inside;
    const mark = set.fields.some(([name, schema]) => isTold(values[name], schema, root));
    return <Folded key={set.title} title={set.title} name={`${root.title ?? ""}/${path.filter((part) => typeof part === "string").join("/")}/${set.title}`} mark={mark}>{inside}</Folded>;
  });
}

export function SchemaField(props: FieldProps) {
  const { name, root, value, onChange, path } = props;
  const listId = useId();
  const schema = resolve(props.schema, root);
  const control = controlOf(schema);
  const label = control.kind === "rich" && name === "doc" ? "Text" : titleOf(name, schema);
  const help = schema.description;
  const write = (next: Json) => onChange(path, next);
  switch (control.kind) {
    case "text": case "url": return (
      <>
        <TextField label={label} help={help} value={asText(value)} onChange={(event) => write(event.target.value)} inputMode={control.kind === "url" ? "url" : "text"} list={control.suggestions ? listId : undefined} />
        {control.suggestions && <datalist id={listId}>{control.suggestions.map((one) => <option key={one} value={one} />)}</datalist>}
      </>
    );
    case "multiline": return <TextArea label={label} help={help} value={asText(value)} onChange={(event) => write(event.target.value)} />;
    case "code": return <TextArea label={label} help={help} rows={8} spellCheck={false} className={styles["code"]} value={asText(value)} onChange={(event) => write(event.target.value)} />;
    case "link": return <Field label={label} help={help}>{(bound) => <LinkInput {...bound} value={asText(value)} onChange={write} />}</Field>;
    case "choice": return <SelectField label={label} help={help} options={control.options} value={asText(value) || String(schema.default ?? "")} onChange={(event) => write(event.target.value)} />;
    case "number": return <NumberField label={label} help={help} value={typeof value === "number" ? value : null} control={control} onChange={write} />;
    case "switch": return <SwitchField label={label} help={help} checked={typeof value === "boolean" ? value : schema.default === true} onChange={write} />;
    case "rich": return <Suspense fallback={<Skeleton height={120} />}><RichField label={label} help={help} value={value} onChange={write} /></Suspense>;
    case "photo": return <ImageField label={label} help={help} image={{ photo: asText(value) }} onChange={(image) => write(image.photo)} />;
    case "video": return <VideoField label={label} help={help} value={asText(value)} onChange={write} />;
    case "part": return <PartField label="Shows the part" help={help} value={asText(value)} onChange={write} />;
    case "image": return (
      <>
        <ImageField label={label} help={help} image={asObject(value)} fields={control.fields} onChange={(image) => write(image)} />
        <SchemaFields fields={control.more} root={root} value={value} onChange={onChange} path={path} />
      </>
    );
    case "group": return (
      <fieldset className={styles["group"]}>
        <legend>{label}</legend>
        {help && <p className={styles["help"]}><HelpText text={help} /></p>}
        <SchemaFields fields={control.fields} root={root} value={value} onChange={onChange} path={path} />
      </fieldset>
    );
    case "list": return <ListField {...props} label={label} help={help} item={control.item} />;
    default: return null;
  }
}
