// What is said at a point of a photo.
import type { Json } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { SelectField } from "@accid/ui/Field";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { RichText } from "../../../shared/rich/RichText.tsx";
import type { GalleryPhoto } from "@accid/api-client/waypoint";
import { DraftField } from "./Draft.tsx";
import styles from "./Details.module.css";
import { markerIcons } from "./MarkerPin.tsx";
import { useMarkers, type IdentifiedMarker } from "./useMarkers.ts";

export function MarkerForm({ photo, mayEdit }: { photo: GalleryPhoto; mayEdit: boolean }) {
  const { markers, chosen, choose, change, remove } = useMarkers(photo);
  const index = markers.findIndex((one) => one.id === chosen);
  const marker = markers[index];
  const [text, setText] = useState<{ of: string; value: Json } | null>(null);
  if (markers.length === 0) return null;
  if (!mayEdit) return <ol className={styles["points"]} aria-label="Points">{markers.map((one) => <li key={one.id}>{one.label || "Without a label"}</li>)}</ol>;
  const set = (part: Partial<IdentifiedMarker>, title = "Change a point") => { if (marker) change(markers.map((one) => (one.id === marker.id ? { ...one, ...part } : one)), title); };
  const percent = (value: string) => Math.min(100, Math.max(0, Number(value.replace(",", ".")) || 0));
  return (
    <fieldset className={styles["group"]}>
      <legend>Points on the photo</legend>
      <ul className={styles["points"]} aria-label="Points">
        {markers.map((one, number) => <li key={one.id}><button type="button" aria-pressed={one.id === chosen} onClick={() => choose(one.id === chosen ? null : one.id)}><span>{one.number ?? number + 1}</span>{one.label || "Without a label"}</button></li>)}
      </ul>
      {marker && (
        <div key={marker.id} className={styles["point"]}>
          <DraftField label="Label" value={marker.label ?? ""} onSave={(label) => set({ label }, "Label of a point")} help="Read out, and shown beside the point." />
          <RichText label="More about it" value={marker.text ?? undefined} placeholder="A few sentences, shown when somebody opens the point"
            onChange={(value) => setText({ of: marker.id, value })} onBlur={() => { if (text?.of === marker.id) { set({ text: text.value }, "Text of a point"); setText(null); } }} />
          <DraftField label="Link" value={marker.link ?? ""} onSave={(link) => set({ link }, "Link of a point")} input={{ placeholder: "https://…" }} />
          <div className={styles["pairs"]}>
            <SelectField label="Sign" value={marker.icon ?? ""} onChange={(event) => set({ icon: event.target.value })} options={[{ value: "", title: "A number" }, ...markerIcons.map(({ name, title }) => ({ value: name, title }))]} />
            <DraftField label="Number" value={marker.number == null ? "" : String(marker.number)} onSave={(value) => set({ number: value.trim() === "" ? null : Math.max(0, Math.round(Number(value) || 0)) })} input={{ inputMode: "numeric", placeholder: String(index + 1), disabled: !!marker.icon }} />
            <DraftField label="From the left, in %" value={String(marker.x)} onSave={(value) => set({ x: percent(value) }, "Move a point")} input={{ inputMode: "decimal" }} />
            <DraftField label="From the top, in %" value={String(marker.y)} onSave={(value) => set({ y: percent(value) }, "Move a point")} input={{ inputMode: "decimal" }} />
          </div>
          <Button kind="danger" icon={<Trash2 />} onClick={() => remove(marker.id)}>Take the point away</Button>
        </div>
      )}
    </fieldset>
  );
}
