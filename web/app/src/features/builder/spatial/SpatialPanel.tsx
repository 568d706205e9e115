// Makes the page a map: which part of the world it shows, how it looks, which routes are on it.
import type { JsonSchema, Spatial } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { request } from "@accid/api-client/client";
import { Button } from "@accid/ui/Button";
import { SelectField, SwitchField, TextField } from "@accid/ui/Field";
import { useQuery } from "@tanstack/react-query";
import { Map as MapIcon, X } from "lucide-react";
import { useState } from "react";
import { BaseMapFields } from "../../../shared/map/BaseMapFields.tsx";
import { PlaceSearch } from "../../../shared/map/PlaceSearch.tsx";
import { ImageField } from "../inspector/ImageField.tsx";
import { useSession, useWorkbench } from "../model/context.tsx";
import { change } from "../model/session.ts";
import { MapDialog } from "./MapDialog.tsx";
import { RouteFields } from "./RouteFields.tsx";
import styles from "./Spatial.module.css";
import { isPlaced, placeable, withoutSpatial, withSpatial } from "./spatial.ts";

const projections = [
  { value: "", title: "What suits the area" }, { value: "mercator", title: "Mercator, as sea charts" }, { value: "conic-conformal", title: "Conic, right angles" }, { value: "conic-equal-area", title: "Conic, true areas" },
  { value: "natural-earth", title: "Round world" }, { value: "equirectangular", title: "Degrees as squares" },
];
const details = [{ value: "", title: "Usual" }, { value: "low", title: "Coarse" }, { value: "high", title: "Fine" }, { value: "full", title: "Everything" }];
const heights = [{ value: "", title: "As its proportions ask for" }, { value: "half", title: "Half of the window" }, { value: "full", title: "All of the window" }];
const colours: { name: keyof NonNullable<Spatial["look"]>; title: string }[] = [{ name: "land", title: "Land" }, { name: "sea", title: "Water" }, { name: "border", title: "Coasts" }, { name: "route", title: "Routes" }];
const tokens = ["--color-accent", "--color-surface", "--color-background", "--color-line", "--color-text", "--color-muted"];
const pictureFields: [string, JsonSchema][] = [["photo", { type: "string", "x-accid-editor": "photo" }], ["alt", { type: "string" }]];

export function SpatialPanel() {
  const { session } = useWorkbench();
  const page = useSession((state) => state.page);
  const project = useSession((state) => state.project);
  const [open, setOpen] = useState(false);
  const spatial = page.spatial;
  const area = spatial?.area ?? "";
  const areas = useQuery({ queryKey: ["area", area], enabled: area !== "", staleTime: Infinity, queryFn: async () => (await request<{ items: { id: string; name: string }[] }>(`${urls.areas}?filter=id:${encodeURIComponent(area)}&perPage=200`)).items });
  const edit = (part: Partial<Spatial>, key: string) => change(session, (one) => withSpatial(one, part), { title: "Change the map", key: `spatial/${key}` });
  if (!spatial) {
    return (
      <fieldset className={styles["group"]}>
        <legend>Map</legend>
        <SwitchField label="This page is a map" help="Its modules become places on it. On a phone the list of places follows the map." checked={false}
          onChange={() => change(session, (one) => ({ ...one, spatial: one.spatial ?? {} }), { title: "Make the page a map" })} />
      </fieldset>
    );
  }
  const hasPicture = !!spatial.picture?.photo;
  const name = areas.data?.find((one) => one.id === area)?.name ?? area;
  const modules = placeable(page.modules);
  const count = modules.filter((module) => isPlaced(module.place, hasPicture)).length;
  return (
    <fieldset className={styles["group"]} data-spatial="">
      <legend>Map</legend>
      <SwitchField label="This page is a map" checked onChange={() => change(session, withoutSpatial, { title: "Make the page an ordinary one" })} />
      <Button kind="primary" icon={<MapIcon />} onClick={() => setOpen(true)}>Arrange on the map</Button>
      <p className={styles["muted"]}>{count === 0 ? "No module stands on the map yet." : `${count} of ${modules.length} modules stand on the map.`}</p>
      {!hasPicture && <>
        <p className={styles["area"]}>{area ? <><span>It shows <strong>{name}</strong>.</span><button type="button" onClick={() => edit({ area: "" }, "area")} aria-label={`Do not show ${name}; show what the places need`}><X aria-hidden="true" /></button></> : <span>It shows what its places and routes need.</span>}</p>
        <PlaceSearch label="Country or region" areas placeholder="Lesser Antilles, Grenada…" onChoose={(place) => edit({ area: place.code, bounds: undefined }, "area")} />
        <div className={styles["pairs"]}>
          <SelectField label="Projection" value={spatial.projection ?? ""} options={projections} onChange={(event) => edit({ projection: event.target.value }, "projection")} />
          <SelectField label="Coasts" value={spatial.detail ?? ""} options={details} onChange={(event) => edit({ detail: event.target.value }, "detail")} />
        </div>
      </>}
      <SelectField label="Height" value={spatial.height ?? ""} options={heights} onChange={(event) => edit({ height: event.target.value }, "height")} />
      <SwitchField label="Names beside the pins" checked={spatial.names ?? false} onChange={(names) => edit({ names }, "names")} />
      <TextField label="What the map shows" value={spatial.label ?? ""} placeholder={area ? `Map: ${name}` : ""} onChange={(event) => edit({ label: event.target.value }, "label")} help="Read to people who do not see it." />
      <RouteFields spatial={spatial} onChange={(routes, title) => change(session, (one) => withSpatial(one, { routes }), { title })} onDraw={() => setOpen(true)} />
      {!hasPicture && <BaseMapFields project={project} value={spatial.base_map ?? null} onChange={(base) => edit({ base_map: base ?? undefined }, "base_map")} />}
      {!hasPicture && (
        <details className={styles["more"]}>
          <summary>Colours</summary>
          <div className={styles["pairs"]}>
            {colours.map(({ name: one, title }) => <TextField key={one} label={title} list="map-colours" placeholder="the theme’s" value={spatial.look?.[one] ?? ""} onChange={(event) => edit({ look: Object.fromEntries(Object.entries({ ...spatial.look, [one]: event.target.value }).filter(([, value]) => value)) }, `look/${one}`)} />)}
          </div>
          <datalist id="map-colours">{tokens.map((token) => <option key={token} value={token} />)}</datalist>
          <p className={styles["muted"]}>A colour, or the name of one of the theme’s.</p>
        </details>
      )}
      <ImageField label="A picture of your own instead" help="A plan or a drawn chart; modules then stand on it in percent." image={spatial.picture ?? { photo: "" }} fields={pictureFields} onChange={(picture) => edit({ picture: picture.photo ? { alt: "", ...picture } : undefined }, "picture")} />
      {open && <MapDialog onClose={() => setOpen(false)} />}
    </fieldset>
  );
}
