// When a photo was taken: its local time, and how far that is from UTC.
import { SelectField, TextField } from "@accid/ui/Field";
import { useState } from "react";
import { joinedTime, offsetIn } from "../model/time.ts";
import type { GalleryPhoto, Taken } from "@accid/api-client/waypoint";
import { offsetOf } from "../model/words.ts";
import styles from "./Details.module.css";

const sources: Record<string, string> = {
  offset: "The camera wrote the time and its offset.", place: "The camera’s clock, in the time zone of the place.", clock: "The camera’s clock; its time zone is not known.",
  track: "From the route.", hand: "Set by hand.", xmp: "From the notes of a photo program.",
};
const zones = (() => { try { return Intl.supportedValuesOf("timeZone"); } catch { return []; } })();

export function TimeFields({ photo, onSave }: { photo: GalleryPhoto; onSave: (taken: Taken | null) => void }) {
  const taken = photo.taken ?? null;
  const at = taken?.at ?? "";
  const [draft, setDraft] = useState<{ of: string; local: string } | null>(null);
  const local = draft?.of === at ? draft.local : at.slice(0, 19);
  const offset = offsetOf(at);
  const zone = taken?.zone ?? "";
  const save = (nextLocal: string, nextOffset: string, nextZone: string) => {
    if (!nextLocal) { onSave(null); return; }
    const next = joinedTime(nextLocal, nextZone ? offsetIn(nextZone, nextLocal) || nextOffset : nextOffset);
    if (next !== null && (next !== at || nextZone !== zone)) onSave({ at: next, ...(nextZone ? { zone: nextZone } : {}), source: "hand" });
  };
  return (
    <fieldset className={styles["group"]}>
      <legend>When</legend>
      <TextField label="Local time" type="datetime-local" step={1} value={local} onChange={(event) => setDraft({ of: at, local: event.target.value })} onBlur={() => { if (local !== at.slice(0, 19)) save(local, offset, zone); }}
        help={taken ? `${sources[taken.source ?? "clock"] ?? ""}${offset ? ` UTC${offset}.` : ""}` : "Nobody knows when it was taken; it comes last."} />
      <SelectField label="Time zone" value={zone} options={[{ value: "", title: offset ? `UTC${offset}` : "Not known" }, ...[...new Set([...zones, ...(zone ? [zone] : [])])].map((name) => ({ value: name, title: name.replace(/_/g, " ") }))]}
        onChange={(event) => save(local, offset, event.target.value)} />
    </fieldset>
  );
}
