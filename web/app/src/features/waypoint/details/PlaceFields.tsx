// Where a photo was taken: by a name, by coordinates, or from the photo before it.
import { Button } from "@accid/ui/Button";
import { MapPin, MapPinOff } from "lucide-react";
import { useState } from "react";
import { placeInWords, readPlace } from "../../../shared/map/coordinates.ts";
import { PlaceSearch } from "../../../shared/map/PlaceSearch.tsx";
import { placePhotos } from "../model/edits.ts";
import { search, useGallery, useGalleryStore } from "../model/gallery.ts";
import type { GalleryPhoto, Location } from "@accid/api-client/waypoint";
import styles from "./Details.module.css";
import { DraftField } from "./Draft.tsx";

const sources: Record<string, string> = { gps: "The camera knew it.", track: "By time, along a route.", neighbours: "By time, between its neighbours.", hand: "Set by hand." };

export function PlaceFields({ photo }: { photo: GalleryPhoto }) {
  const gallery = useGalleryStore();
  const project = useGallery((state) => state.project);
  const [wrong, setWrong] = useState(false);
  const place = photo.location ?? null;
  const put = (location: Location | null) => void placePhotos(project, [{ photo: photo.id, location }], location ? "Place" : "Take the place away");
  const named = [...new Set([photo.place?.town ?? "", photo.place?.island ?? "", photo.place?.country_name ?? ""])].filter(Boolean).join(", ");
  const facts = [place?.altitude != null ? `${Math.round(place.altitude)} m above the sea` : "", place?.direction != null ? `looking ${Math.round(place.direction)}°` : "", sources[place?.source ?? ""] ?? ""].filter(Boolean);
  return (
    <fieldset className={styles["group"]}>
      <legend>Where</legend>
      {place ? <p className={styles["place"]}><MapPin aria-hidden="true" /><span><strong>{named || placeInWords(place)}</strong>{facts.length > 0 && <small>{facts.join(" · ")}</small>}</span></p>
        : <p className={styles["place"]}><MapPinOff aria-hidden="true" /><span>No place yet. Search one, type coordinates, or drag the photo onto the map.</span></p>}
      <PlaceSearch label="Find a place" onChoose={({ lat, lon }) => put({ lat, lon, source: "hand" })} />
      <DraftField key={`${place?.lat} ${place?.lon}`} label="Coordinates" value={place ? `${place.lat}, ${place.lon}` : ""} input={{ placeholder: "13.0096, -61.2417" }} error={wrong ? "Write latitude and longitude in degrees, such as 13.01, -61.24." : undefined}
        onSave={(text) => {
          const next = text.trim() === "" ? null : readPlace(text);
          setWrong(text.trim() !== "" && next === null);
          if (next || text.trim() === "") put(next ? { ...(place ?? {}), ...next, source: "hand" } : null);
        }} />
      <div className={styles["row"]}>
        {place && <Button kind="ghost" onClick={() => { search(gallery, {}); gallery.setState({ view: "map", stage: null }); }}>Show on the map</Button>}
        {place && <Button kind="ghost" onClick={() => put(null)}>Take the place away</Button>}
      </div>
    </fieldset>
  );
}
