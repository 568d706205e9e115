// Where the chosen module stands on the map of its page: by a name, by coordinates, or by hand on the map.
import type { ModuleDocument } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { SelectField, TextField } from "@accid/ui/Field";
import { MapPin } from "lucide-react";
import { useState } from "react";
import { readPlace } from "../../../shared/map/coordinates.ts";
import { PlaceSearch } from "../../../shared/map/PlaceSearch.tsx";
import type { ModulePlace } from "@accid/api-client/types";
import { useSession, useWorkbench } from "../model/context.tsx";
import { change } from "../model/session.ts";
import { labelOf } from "../model/tree.ts";
import { MapDialog } from "./MapDialog.tsx";
import styles from "./Spatial.module.css";
import { isPlaced, onEarth, rounded, withPlace } from "./spatial.ts";

export const icons = [{ value: "", title: "Its number" }, ...["anchor", "camera", "flag", "heart", "home", "star"].map((name) => ({ value: name, title: name[0]?.toUpperCase() + name.slice(1) }))];

export function PlacePanel({ module }: { module: ModuleDocument }) {
  const { session, types } = useWorkbench();
  const spatial = useSession((state) => state.page.spatial);
  const isTop = useSession((state) => state.page.modules.some((one) => one.id === module.id));
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  if (!spatial || module.type === "navigation") return null;
  if (!isTop) return <p className={styles["muted"]}>Only modules that stand by themselves have a place on the map; this one belongs to another.</p>;
  const picture = !!spatial.picture?.photo;
  const place = module.place;
  const set = (part: Partial<ModulePlace> | null, key: string) => change(session, (page) => withPlace(page, module.id, part), { title: `Place ${labelOf(module, types)}`, key: `place/${module.id}/${key}` });
  const earth = onEarth(place);
  const coordinates = typed ?? (earth ? `${earth.lat}, ${earth.lon}` : "");
  const found = typed === null || typed.trim() === "" ? null : readPlace(typed);
  return (
    <fieldset className={styles["group"]} data-place="">
      <legend>On the map</legend>
      <Button icon={<MapPin />} onClick={() => setOpen(true)}>{isPlaced(place, picture) ? "Move it on the map" : "Put it on the map"}</Button>
      {!picture && <>
        <PlaceSearch label="Find its place" onChoose={(named) => { setTyped(null); set({ ...rounded(named), ...(place?.label ? {} : { label: named.kind ? named.name : "" }) }, "find"); }} />
        <TextField label="Coordinates" placeholder="13.0096, -61.2417" value={coordinates} error={typed?.trim() && !found ? "Write latitude and longitude in degrees, such as 13.01, -61.24." : undefined}
          onChange={(event) => { setTyped(event.target.value); const next = readPlace(event.target.value); if (next) set(next, "typed"); }} onBlur={() => setTyped(null)} />
      </>}
      <TextField label="Name of the pin" placeholder={labelOf(module, types)} value={place?.label ?? ""} onChange={(event) => set({ label: event.target.value }, "label")} />
      <div className={styles["pairs"]}>
        <SelectField label="Sign" value={place?.icon ?? ""} options={icons} onChange={(event) => set({ icon: event.target.value }, "icon")} />
        <TextField label="Day" type="date" value={place?.date ?? ""} onChange={(event) => set({ date: event.target.value }, "date")} />
      </div>
      {place && <Button kind="ghost" onClick={() => set(null, "none")}>Take it off the map</Button>}
      {open && <MapDialog start={module.id} onClose={() => setOpen(false)} />}
    </fieldset>
  );
}
