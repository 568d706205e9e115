// Where a module stands, on which screens it is shown, and the name links can point at.
import type { ModuleDocument } from "@accid/api-client/types";
import { SelectField, SwitchField, TextField } from "@accid/ui/Field";
import { useWorkbench } from "../model/context.tsx";
import { editModule } from "../model/edits.ts";
import styles from "./Inspector.module.css";

const widths = [
  { value: "", title: "As its kind" }, { value: "narrow", title: "Narrow (for reading)" }, { value: "normal", title: "Normal" },
  { value: "wide", title: "Wide" }, { value: "full", title: "Edge to edge" },
];
const aligns = [{ value: "", title: "Default" }, { value: "start", title: "Left" }, { value: "center", title: "Centre" }, { value: "end", title: "Right" }];
const screens = [{ name: "desktop", title: "On desktops" }, { name: "tablet", title: "On tablets" }, { name: "phone", title: "On phones" }] as const;
const shownEverywhere = { published: true, phone: true, tablet: true, desktop: true };

export function LayoutPanel({ module }: { module: ModuleDocument }) {
  const { session } = useWorkbench();
  const edit = (key: string, title: string, update: (one: ModuleDocument) => ModuleDocument) => editModule(session, module.id, key, title, update);
  const layout = (name: "width" | "align", value: string) => edit(`layout/${name}`, "Change layout", (one) => ({ ...one, layout: { ...one.layout, [name]: value } }));
  const visibility = { ...shownEverywhere, ...module.visibility };
  const show = (name: keyof typeof shownEverywhere, shown: boolean) => edit(`visibility/${name}`, "Change visibility", (one) => ({ ...one, visibility: { ...shownEverywhere, ...one.visibility, [name]: shown } }));
  return (
    <>
      <fieldset className={styles["group"]}>
        <legend>Place</legend>
        <div data-field="/layout/width"><SelectField label="Width" options={widths} value={module.layout?.width ?? ""} onChange={(event) => layout("width", event.target.value)} /></div>
        <div data-field="/layout/align"><SelectField label="Where its content stands" options={aligns} value={module.layout?.align ?? ""} onChange={(event) => layout("align", event.target.value)} /></div>
      </fieldset>
      <fieldset className={styles["group"]}>
        <legend>Visibility</legend>
        <SwitchField label="Published" help="Off keeps it as a draft that no visitor gets." checked={visibility.published} onChange={(shown) => show("published", shown)} />
        {screens.map(({ name, title }) => <SwitchField key={name} label={title} checked={visibility[name]} disabled={!visibility.published} onChange={(shown) => show(name, shown)} />)}
      </fieldset>
      <fieldset className={styles["group"]}>
        <legend>Link target</legend>
        <div data-field="/anchor"><TextField label="Anchor" placeholder="contact" value={module.anchor ?? ""} onChange={(event) => edit("anchor", "Change anchor", (one) => ({ ...one, anchor: event.target.value }))}
          help={module.anchor ? `Links to #${module.anchor} lead here.` : "A short name, so that links can lead to this place of the page."} /></div>
      </fieldset>
    </>
  );
}
