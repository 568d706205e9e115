// Finds a place by its name, offline: a combobox over the program's own gazetteer. Coordinates can be typed too.
import { request } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { Field } from "@accid/ui/Field";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useId, useState } from "react";
import styles from "./PlaceSearch.module.css";
import { readPlace } from "./coordinates.ts";

export interface NamedPlace { name: string; kind: string; country: string; country_name: string; code: string; lat: number; lon: number }
interface Props {
  label: string; help?: string; hideLabel?: boolean; placeholder?: string;
  /** Only what has a map of its own: countries and regions. */
  areas?: boolean;
  onChoose: (place: NamedPlace) => void;
}

const kinds: Record<string, string> = { country: "country", region: "region", island: "island", town: "town" };

export function PlaceSearch({ label, help, hideLabel = false, placeholder = "Bequia, Port Elizabeth, 13.01 N 61.24 W…", areas = false, onChoose }: Props) {
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const typed = useDeferredValue(text.trim());
  const typedPlace = areas ? null : readPlace(typed);
  const answer = useQuery({
    queryKey: ["places", typed], staleTime: Infinity, enabled: typed.length > 1 && !typedPlace,
    queryFn: async () => (await request<{ items: NamedPlace[] }>(urls.places(typed))).items,
  });
  const coordinates: NamedPlace[] = typedPlace ? [{ name: `${typedPlace.lat}, ${typedPlace.lon}`, kind: "", country: "", country_name: "these coordinates", code: "", ...typedPlace }] : [];
  const found = [...coordinates, ...(typedPlace ? [] : answer.data ?? []).filter((place) => !areas || place.code !== "")].slice(0, 8);
  const chosen = Math.min(at, found.length - 1);
  const isOpen = open && typed.length > 1 && (found.length > 0 || answer.isFetched);
  const choose = (place: NamedPlace | undefined) => { if (!place) return; onChoose(place); setText(""); setOpen(false); setAt(0); };
  return (
    <div className={styles["search"]} onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false); }}>
      <Field label={label} hideLabel={hideLabel} {...(help ? { help } : {})}>
        {(bound) => (
          <input {...bound} type="text" role="combobox" autoComplete="off" aria-autocomplete="list" aria-expanded={isOpen} aria-controls={`${id}-list`} aria-activedescendant={isOpen && found[chosen] ? `${id}-${chosen}` : undefined}
            placeholder={placeholder} className={styles["input"]} value={text}
            onChange={(event) => { setText(event.target.value); setAt(0); setOpen(true); }}
            onKeyDown={(event) => {
              if (event.key === "ArrowDown") { setOpen(true); setAt((chosen + 1) % Math.max(1, found.length)); }
              else if (event.key === "ArrowUp") setAt((chosen - 1 + found.length) % Math.max(1, found.length));
              else if (event.key === "Enter" && isOpen) choose(found[chosen]);
              else if (event.key === "Escape" && isOpen) setOpen(false);
              else return;
              event.preventDefault();
              event.stopPropagation();
            }} />
        )}
      </Field>
      <ul id={`${id}-list`} role="listbox" aria-label={label} className={styles["list"]} hidden={!isOpen || found.length === 0}>
        {found.map((place, index) => (
          <li key={`${place.name} ${place.lat} ${place.lon}`} id={`${id}-${index}`} role="option" aria-selected={index === chosen} className={styles["option"]}
            onPointerDown={(event) => { event.preventDefault(); choose(place); }} onPointerMove={() => setAt(index)}>
            <strong>{place.name}</strong><small>{[kinds[place.kind], place.name === place.country_name ? "" : place.country_name].filter(Boolean).join(" · ")}</small>
          </li>
        ))}
      </ul>
      {isOpen && found.length === 0 && <p role="status" className={styles["none"]}>No place is called that. Try the name of an island or a town, or type coordinates.</p>}
    </div>
  );
}
