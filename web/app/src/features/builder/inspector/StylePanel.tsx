// Style per breakpoint: desktop holds everywhere, tablet and phone replace single values.
import type { Json, ModuleDocument, StyleValues } from "@accid/api-client/types";
import { SelectField, TextField } from "@accid/ui/Field";
import { Tabs } from "@accid/ui/Tabs";
import { Monitor, Smartphone, Tablet } from "lucide-react";
import { useId } from "react";
import { useWorkbench } from "../model/context.tsx";
import { editModules } from "../model/edits.ts";
import type { Viewport } from "../model/view.ts";
import styles from "./Inspector.module.css";

const spaces = ["none", "xs", "s", "m", "l", "xl"];
const colours = ["text", "muted", "accent", "background", "surface"];
const groups: { title: string; fields: { name: string; label: string; tokens: string[]; example: string; isColour?: boolean }[] }[] = [
  { title: "Space", fields: [
    { name: "padding_top", label: "Inside, above", tokens: spaces, example: "24px" }, { name: "padding_bottom", label: "Inside, below", tokens: spaces, example: "24px" },
    { name: "padding_inline", label: "Inside, left and right", tokens: spaces, example: "24px" }, { name: "margin_top", label: "To what is above", tokens: spaces, example: "24px" },
    { name: "margin_bottom", label: "To what is below", tokens: spaces, example: "24px" }, { name: "gap", label: "Between modules inside", tokens: spaces, example: "24px" },
  ] },
  { title: "Text and colour", fields: [
    { name: "font_size", label: "Size of the text", tokens: ["s", "m", "l", "xl"], example: "18px" },
    { name: "color", label: "Colour of the text", tokens: colours, example: "#334155", isColour: true },
    { name: "background", label: "Colour behind", tokens: ["background", "surface", "accent", "text"], example: "#f8fafc", isColour: true },
    { name: "radius", label: "Rounding of the corners", tokens: ["none", "s", "m", "l"], example: "8px" },
  ] },
];
const aligns = [{ value: "", title: "Default" }, { value: "start", title: "Left" }, { value: "center", title: "Centred" }, { value: "end", title: "Right" }];

interface Props { modules: ModuleDocument[]; breakpoint: Viewport; onBreakpoint: (viewport: Viewport) => void }

/** What several modules have in common; what differs is told as such. */
const mixed = Symbol("mixed");
const common = (values: (Json | undefined)[]) => (values.every((value) => value === values[0]) ? values[0] : mixed);

export function StylePanel({ modules, breakpoint, onBreakpoint }: Props) {
  const { session } = useWorkbench();
  const id = useId();
  const own = (module: ModuleDocument, at: Viewport): StyleValues => module.style?.[at] ?? {};
  const inherited = (module: ModuleDocument): StyleValues => ({ ...(breakpoint !== "desktop" ? own(module, "desktop") : {}), ...(breakpoint === "phone" ? own(module, "tablet") : {}) });
  const write = (name: string, value: string) => editModules(session, modules.map((module) => module.id), `style/${breakpoint}/${name}`, "Change style", (one) => (
    { ...one, style: { ...one.style, [breakpoint]: { ...one.style?.[breakpoint], [name]: value } } }
  ));
  const text = (name: string) => { const value = common(modules.map((module) => own(module, breakpoint)[name])); return typeof value === "string" ? value : ""; };
  const fallback = (name: string) => {
    if (common(modules.map((module) => own(module, breakpoint)[name])) === mixed) return "different";
    const value = common(modules.map((module) => inherited(module)[name]));
    return value === mixed ? "different" : typeof value === "string" && value ? value : "default";
  };
  const hasValues = (name: Viewport) => modules.some((module) => Object.keys(own(module, name)).length > 0);
  return (
    <Tabs label="Screen" small chosen={breakpoint} onChoose={onBreakpoint} tabs={[
      { name: "desktop", title: "Desktop", icon: <Monitor />, mark: hasValues("desktop") },
      { name: "tablet", title: "Tablet", icon: <Tablet />, mark: hasValues("tablet") },
      { name: "phone", title: "Phone", icon: <Smartphone />, mark: hasValues("phone") },
    ]}>
      <p className={styles["help"]}>{breakpoint === "desktop" ? "Holds on every screen, unless tablet or phone say otherwise." : `Only what you set here differs on ${breakpoint === "tablet" ? "screens up to 1023 px" : "screens up to 639 px"}; the rest comes from the larger screen.`}</p>
      {groups.map((group) => (
        <fieldset key={group.title} className={styles["group"]}>
          <legend>{group.title}</legend>
          <div className={styles["pairs"]}>
            {group.title !== "Space" && <SelectField label="Alignment" options={aligns} value={text("text_align")} onChange={(event) => write("text_align", event.target.value)} />}
            {group.fields.map((field) => (
              <div key={field.name}>
                <TextField label={field.label} list={`${id}-${field.name}`} placeholder={fallback(field.name)} value={text(field.name)} onChange={(event) => write(field.name, event.target.value)} />
                <datalist id={`${id}-${field.name}`}>{[...field.tokens, field.example].map((one) => <option key={one} value={one} />)}</datalist>
              </div>
            ))}
          </div>
        </fieldset>
      ))}
    </Tabs>
  );
}
