// Style per breakpoint: desktop holds everywhere, tablet and phone replace single values. Every field says where its
// value comes from, and gives it back.
import type { Json, JsonObject, ModuleDocument } from "@accid/api-client/types";
import { IconButton } from "@accid/ui/Button";
import { SelectField, TextArea, TextField } from "@accid/ui/Field";
import { Tabs } from "@accid/ui/Tabs";
import { Monitor, RotateCcw, Smartphone, Tablet } from "lucide-react";
import { useId } from "react";
import { useWorkbench } from "../model/context.tsx";
import { editModules } from "../model/edits.ts";
import type { Viewport } from "../model/view.ts";
import { ImageField } from "./ImageField.tsx";
import { Folded } from "./Folded.tsx";
import styles from "./Inspector.module.css";
import { FieldNotes } from "./Notes.tsx";
import { screenNames, sourceOfAll, styleGroups, titleOfChoice, withStyle, type StyleField } from "./styleFields.ts";

interface Props { modules: ModuleDocument[]; breakpoint: Viewport; onBreakpoint: (viewport: Viewport) => void }
interface ValueProps { field: StyleField; modules: ModuleDocument[]; breakpoint: Viewport; onWrite: (name: string, value: Json | undefined) => void }

const asText = (value: Json | undefined) => (typeof value === "string" ? value : "");

function StyleValue({ field, modules, breakpoint, onWrite }: ValueProps) {
  const id = useId();
  const { name, label, kind, suggestions, help } = field;
  const { value, from, isOwn, isMixed } = sourceOfAll(modules, breakpoint, name);
  const own = isOwn && !isMixed ? asText(value) : "";
  const inherited = isMixed ? "different" : !isOwn && from ? asText(value) : "default";
  const note = isMixed ? "They differ." : !isOwn && from ? `From ${screenNames[from]}: ${kind === "choice" ? titleOfChoice(asText(value)) : asText(value)}` : undefined;
  const write = (next: string) => onWrite(name, next);
  const shared = { label, help: note ?? help };
  return (
    <div className={styles["value"]} data-own={isOwn || undefined} data-style={name} data-field={`/style/${breakpoint}/${name}`}>
      {kind === "choice"
        ? <SelectField {...shared} value={own} onChange={(event) => write(event.target.value)} options={[{ value: "", title: inherited === "default" ? "Default" : `As ${from ? screenNames[from].toLowerCase() : "they are"}` }, ...suggestions.map((one) => ({ value: one, title: titleOfChoice(one) }))]} />
        : <TextField {...shared} list={id} placeholder={inherited} value={own} onChange={(event) => write(event.target.value)} />}
      {kind !== "choice" && <datalist id={id}>{suggestions.map((one) => <option key={one} value={one} />)}</datalist>}
      {kind === "colour" && <input type="color" aria-label={`${label}: pick`} className={styles["swatch"]} value={/^#[0-9a-f]{6}$/i.test(own) ? own : "#808080"} onChange={(event) => write(event.target.value)} />}
      {isOwn && <IconButton label={`Reset: ${label}`} className={styles["reset"]} onClick={() => onWrite(name, undefined)}><RotateCcw /></IconButton>}
      {modules.length === 1 && modules[0] && <FieldNotes module={modules[0]} pointer={`/style/${breakpoint}/${name}`} />}
    </div>
  );
}

function PictureBehind({ modules, breakpoint, onWrite }: Omit<ValueProps, "field">) {
  const { value, from, isOwn } = sourceOfAll(modules, breakpoint, "background_image");
  const image = (isOwn && typeof value === "object" && value !== null && !Array.isArray(value) ? value : {}) as JsonObject;
  const help = !isOwn && from ? `From ${screenNames[from]}. Choose one for another picture here.` : "It lies under a shade, so that the text on it can be read.";
  return (
    <ImageField label="Picture behind" help={help} image={image} fields={[["focus", { "x-accid-editor": "focus" }]]}
      onChange={({ photo, focus }) => onWrite("background_image", photo ? { photo, alt: "", ...(focus ? { focus } : {}) } : undefined)} />
  );
}

export function StylePanel({ modules, breakpoint, onBreakpoint }: Props) {
  const { session } = useWorkbench();
  const ids = modules.map((module) => module.id);
  const write = (name: string, value: Json | undefined) => editModules(session, ids, `style/${breakpoint}/${name}`, "Change style", (one) => withStyle(one, breakpoint, name, value));
  const hasValues = (name: Viewport) => modules.some((module) => Object.keys(module.style?.[name] ?? {}).length > 0);
  const [only] = modules.length === 1 ? modules : [];
  return (
    <>
      <Tabs label="Screen" small chosen={breakpoint} onChoose={onBreakpoint} tabs={[
        { name: "desktop", title: "Desktop", icon: <Monitor />, mark: hasValues("desktop") },
        { name: "tablet", title: "Tablet", icon: <Tablet />, mark: hasValues("tablet") },
        { name: "phone", title: "Phone", icon: <Smartphone />, mark: hasValues("phone") },
      ]}>
        <p className={styles["help"]}>{breakpoint === "desktop" ? "Holds on every screen, unless tablet or phone say otherwise." : `Only what you set here differs on ${breakpoint === "tablet" ? "screens up to 1023 px" : "screens up to 639 px"}; the rest comes from the larger screen.`}</p>
        {styleGroups.map((group) => (
          <Folded key={group.title} title={group.title} name={`style/${group.title}`} begins={group.begins} mark={group.fields.some(({ name }) => sourceOfAll(modules, breakpoint, name).isOwn)}>
            <div className={styles["pairs"]}>
              {group.fields.map((field) => <StyleValue key={field.name} field={field} modules={modules} breakpoint={breakpoint} onWrite={write} />)}
            </div>
            {group.title === "Background" && <PictureBehind modules={modules} breakpoint={breakpoint} onWrite={write} />}
          </Folded>
        ))}
      </Tabs>
      {only && (
        <Folded title="Own CSS" name="style/css" mark={Boolean(only.css)}><div data-field="/css">
          <TextArea label="CSS of this module" rows={only.css ? 8 : 3} spellCheck={false} className={styles["code"]} value={only.css ?? ""} placeholder={"letter-spacing: 0.02em;\nh2 { text-transform: uppercase }"}
            help="Declarations for the module itself, and rules for what is in it; `&` is the module. It reaches no further."
            onChange={(event) => editModules(session, ids, "css", "Change CSS", (one) => ({ ...one, css: event.target.value }))} />
          <FieldNotes module={only} pointer="/css" />
        </div></Folded>
      )}
    </>
  );
}
