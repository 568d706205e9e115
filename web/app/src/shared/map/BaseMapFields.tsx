// A map made elsewhere below the pins, for those who want it: off until somebody turns it on, and said plainly who is asked
// then. Tiles of one's own are published with the site; tiles of a host are asked for by every visitor.
import { request } from "@accid/api-client/client";
import type { BaseMap } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Choice } from "@accid/ui/Choice";
import { TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { FileUp, Globe, Map as MapIcon, PencilRuler } from "lucide-react";
import { useId, useRef, useState } from "react";
import styles from "./BaseMapFields.module.css";

type Kind = "drawn" | "own" | "online";
interface Props { project: string; value: BaseMap | null; onChange: (value: BaseMap | null) => void }

const kindOf = (value: BaseMap | null): Kind => (value?.file ? "own" : value?.address ? "online" : "drawn");

/** The host that an address asks, when ACCID would use it; as the program decides it. */
export function hostOf(address: string): string | null {
  const found = /^(https?):\/\/([a-z0-9.:-]+)\/(.+)$/i.exec(address.trim());
  const [, scheme = "", host = "", path = ""] = found ?? [];
  const isHere = ["127.0.0.1", "localhost"].includes(host.split(":")[0] ?? "");
  return found && (scheme === "https" || isHere) && !/\s/.test(path) && ["{z}", "{x}", "{y}"].every((part) => path.includes(part)) ? host : null;
}

export function BaseMapFields({ project, value, onChange }: Props) {
  const group = useId();
  const file = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState<Kind | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const kind = wanted ?? kindOf(value);
  const address = typed ?? value?.address ?? "";
  const host = hostOf(address);
  const take = useMutation({
    mutationFn: (chosen: File) => request<{ file: string; file_name: string }>(urls.addMap(project, chosen.name), { file: chosen }),
    onSuccess: (taken) => { setWanted(null); onChange({ ...(value?.credit ? { credit: value.credit } : {}), file: taken.file, file_name: taken.file_name }); },
  });
  const choose = (next: Kind) => {
    setTyped(null);
    setWanted(next);
    if (next === "drawn") onChange(null);
  };
  const type = (next: string) => {
    setTyped(next);
    if (hostOf(next)) { setWanted(null); onChange({ ...(value?.credit ? { credit: value.credit } : {}), address: next.trim() }); }
  };
  return (
    <fieldset className={styles["group"]} data-base-map={kind}>
      <legend>Map below the pins</legend>
      <div className={styles["choices"]}>
        <Choice group={group} value="drawn" chosen={kind === "drawn"} onChoose={() => choose("drawn")} icon={<PencilRuler aria-hidden="true" />} title="Drawn by ACCID" about="Part of the page. Nobody is asked for anything." />
        <Choice group={group} value="own" chosen={kind === "own"} onChoose={() => choose("own")} icon={<MapIcon aria-hidden="true" />} title="A map file of yours" about="PMTiles; its tiles are published with the pages." />
        <Choice group={group} value="online" chosen={kind === "online"} onChoose={() => choose("online")} icon={<Globe aria-hidden="true" />} title="Tiles from the internet" about="Visitors’ browsers ask another host." />
      </div>
      {kind === "own" && (
        <div className={styles["own"]}>
          <Button icon={<FileUp />} busy={take.isPending} onClick={() => file.current?.click()}>{value?.file ? "Another file" : "Choose a PMTiles file"}</Button>
          {value?.file && <span>{value.file_name || "A map of your own"}</span>}
          <input ref={file} type="file" hidden accept=".pmtiles" aria-label="Map file" onChange={(event) => { const chosen = event.currentTarget.files?.[0]; event.currentTarget.value = ""; if (chosen) take.mutate(chosen); }} />
          {take.error && <p className={styles["wrong"]} role="alert">{take.error.message}</p>}
        </div>
      )}
      {kind === "online" && <>
        <TextField label="Address of the tiles" type="url" placeholder="https://tiles.example.org/{z}/{x}/{y}.png" value={address} onChange={(event) => type(event.target.value)}
          error={address.trim() !== "" && !host ? "It begins with https:// and holds {z}, {x} and {y}." : undefined} />
        <p className={styles["warning"]} role="note"><strong>{host ? `Every visitor’s browser will ask ${host}` : "Every visitor’s browser will ask that host"}</strong> for the pictures of the map. Whoever runs it learns the visitors’ addresses and which part of the world they look at. Ask them whether you may use their tiles.</p>
      </>}
      {kind !== "drawn" && <TextField label="Who made the map" placeholder="© OpenStreetMap contributors" value={value?.credit ?? ""} disabled={!value} onChange={(event) => { if (value) onChange({ ...value, credit: event.target.value }); }} help="Stands below the map, as its makers ask for." />}
    </fieldset>
  );
}
