// What of the places is published, around which homes nothing is, and whose clock was wrong.
import { urls } from "@accid/api-client/urls";
import { Button, IconButton } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { Skeleton } from "@accid/ui/Feedback";
import { SelectField, TextField } from "@accid/ui/Field";
import { useQuery } from "@tanstack/react-query";
import { House, Trash2 } from "lucide-react";
import { useId, useState } from "react";
import { BaseMapFields } from "../../../shared/map/BaseMapFields.tsx";
import { PlaceSearch } from "../../../shared/map/PlaceSearch.tsx";
import { newId } from "../../../shared/newId.ts";
import { data, useRows } from "../model/data.ts";
import { saveObject } from "../model/edits.ts";
import { useGallery } from "../model/gallery.ts";
import type { GallerySettings, HomeZone, Privacy } from "@accid/api-client/waypoint";
import { metresBetween } from "../model/words.ts";
import styles from "./Story.module.css";

function Zones({ zones, rows, onChange }: { zones: HomeZone[]; rows: { lat: number | null; lon: number | null }[]; onChange: (zones: HomeZone[]) => void }) {
  const set = (id: string, part: Partial<HomeZone>) => onChange(zones.map((zone) => (zone.id === id ? { ...zone, ...part } : zone)));
  return (
    <fieldset className={styles["group"]}>
      <legend>Homes</legend>
      <p className={styles["muted"]}>Photos taken in such a circle never show their exact place, whatever else is said.</p>
      {zones.map((zone) => {
        const inside = rows.filter((row) => row.lat !== null && row.lon !== null && metresBetween(zone, { lat: row.lat, lon: row.lon }) <= zone.radius).length;
        return (
          <div key={zone.id} className={styles["zone"]}>
            <House aria-hidden="true" />
            <TextField label="Name, for you alone" value={zone.name} onChange={(event) => set(zone.id, { name: event.target.value })} />
            <TextField label="Radius in metres" type="number" min={50} max={100000} step={50} value={zone.radius} onChange={(event) => set(zone.id, { radius: Math.min(100_000, Math.max(1, Number(event.target.value) || 1)) })} help={`${inside} photos in it`} />
            <SelectField label="What is shown" value={zone.show} options={[{ value: "hidden", title: "Nothing" }, { value: "town", title: "Only the town" }]} onChange={(event) => set(zone.id, { show: event.target.value as HomeZone["show"] })} />
            <IconButton label={`Take ${zone.name || "the home"} away`} onClick={() => onChange(zones.filter((one) => one.id !== zone.id))}><Trash2 /></IconButton>
          </div>
        );
      })}
      <PlaceSearch label="Add a home" placeholder="A town, or coordinates" onChoose={(place) => onChange([...zones, { id: newId(), name: place.name, lat: place.lat, lon: place.lon, radius: 1000, show: "hidden" }])} />
    </fieldset>
  );
}

function Form({ settings, onClose }: { settings: GallerySettings; onClose: () => void }) {
  const form = useId();
  const project = useGallery((state) => state.project);
  const { rows } = useRows();
  const [now, setNow] = useState(settings);
  const set = (part: Partial<GallerySettings>) => setNow((one) => ({ ...one, ...part }));
  const cameras = [...new Set(rows.map((row) => row.camera).filter(Boolean))].sort();
  const clock = (camera: string) => now.clocks?.find((one) => one.camera === camera)?.seconds ?? 0;
  const setClock = (camera: string, minutes: number) => set({ clocks: [...(now.clocks ?? []).filter((one) => one.camera !== camera), ...(minutes ? [{ camera, seconds: Math.round(minutes * 60) }] : [])] });
  const save = () => { onClose(); void saveObject({ project, url: urls.gallerySettings(project), part: "settings", before: settings, after: now, title: "Privacy and clocks" }); };
  return (
    <Dialog title="Privacy and clocks" size="medium" onClose={onClose} footer={<><Button onClick={onClose}>Cancel</Button><Button kind="primary" type="submit" form={form}>Save</Button></>}>
      <form id={form} className={styles["form"]} onSubmit={(event) => { event.preventDefault(); save(); }}>
        <p>Published pictures never carry GPS, serial numbers or owners’ names. What is hidden here is in no file of an export: not in pages, not on maps, not in data.</p>
        <SelectField label="Places in what is published" value={now.privacy || "exact"} onChange={(event) => set({ privacy: event.target.value as Privacy })} options={[
          { value: "exact", title: "Exact" }, { value: "town", title: "Only the town" }, { value: "hidden", title: "Hidden" }]} help="Photos and albums can say it differently." />
        <Zones zones={now.home_zones ?? []} rows={rows} onChange={(home_zones) => set({ home_zones })} />
        <BaseMapFields project={project} value={now.base_map ?? null} onChange={(base_map) => set({ base_map })} />
        <fieldset className={styles["group"]}>
          <legend>Clocks</legend>
          <TextField label="Time zone where nothing else is known" placeholder="America/St_Lucia" value={now.zone ?? ""} onChange={(event) => set({ zone: event.target.value.trim() })} help="For photos without an offset and without a place." />
          {cameras.map((camera) => <TextField key={camera} label={`${camera}: correct by minutes`} type="number" step="any" value={clock(camera) / 60 || ""} placeholder="0" onChange={(event) => setClock(camera, Number(event.target.value) || 0)} />)}
        </fieldset>
      </form>
    </Dialog>
  );
}

export function PrivacyDialog({ onClose }: { onClose: () => void }) {
  const project = useGallery((state) => state.project);
  const settings = useQuery(data.settings(project)).data;
  return settings ? <Form settings={settings} onClose={onClose} /> : <Dialog title="Privacy and clocks" onClose={onClose}><Skeleton height={200} /></Dialog>;
}
