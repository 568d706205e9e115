// Changes many photos at once: only what is filled in is changed.
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { SelectField, TextField } from "@accid/ui/Field";
import { useId, useState } from "react";
import { formatCount } from "../../../shared/format.ts";
import { PlaceSearch, type NamedPlace } from "../../../shared/map/PlaceSearch.tsx";
import { changeEach, changePhotos, placePhotos } from "../model/edits.ts";
import { useGallery } from "../model/gallery.ts";
import { shiftedTime } from "../model/time.ts";
import type { PhotoChanges, Privacy } from "@accid/api-client/waypoint";
import styles from "./Photos.module.css";

const words = (text: string) => text.split(",").map((word) => word.trim()).filter(Boolean);
const keep = "keep";

export function BulkDialog({ ids, onClose }: { ids: string[]; onClose: () => void }) {
  const form = useId();
  const project = useGallery((state) => state.project);
  const [copyright, setCopyright] = useState("");
  const [creator, setCreator] = useState("");
  const [more, setMore] = useState("");
  const [less, setLess] = useState("");
  const [privacy, setPrivacy] = useState(keep);
  const [hidden, setHidden] = useState(keep);
  const [rating, setRating] = useState(keep);
  const [place, setPlace] = useState<NamedPlace | "none" | null>(null);
  const [minutes, setMinutes] = useState("");
  const shift = Number(minutes) || 0;
  const changes: PhotoChanges = {
    ...(copyright.trim() ? { copyright: copyright.trim() } : {}), ...(creator.trim() ? { creator: creator.trim() } : {}),
    ...(privacy !== keep ? { privacy: privacy as Privacy } : {}), ...(hidden !== keep ? { hidden: hidden === "yes" } : {}), ...(rating !== keep ? { rating: Number(rating) || null } : {}),
  };
  const [added, removed] = [words(more), words(less)];
  const isEmpty = Object.keys(changes).length === 0 && added.length + removed.length === 0 && place === null && shift === 0;
  const apply = async () => {
    onClose();
    if (Object.keys(changes).length > 0) await changePhotos(project, ids, changes, "Change");
    if (added.length + removed.length > 0) await changeEach(project, ids, ["keywords"], (now) => ({ keywords: [...new Set([...(now.keywords ?? []), ...added])].filter((word) => !removed.includes(word)) }), "Keywords");
    if (shift !== 0) await changeEach(project, ids, ["taken"], (now) => (now.taken?.at ? { taken: { ...now.taken, at: shiftedTime(now.taken.at, shift * 60), source: "hand" } } : {}), "Time");
    if (place !== null) await placePhotos(project, ids.map((photo) => ({ photo, location: place === "none" ? null : { lat: place.lat, lon: place.lon, source: "hand" } })), place === "none" ? "Take the place from" : "Place");
  };
  return (
    <Dialog title={`Change ${formatCount(ids.length, "photo")}`} size="medium" onClose={onClose} footer={<>
      <Button onClick={onClose}>Cancel</Button>
      <Button kind="primary" type="submit" form={form} disabled={isEmpty}>Change {formatCount(ids.length, "photo")}</Button>
    </>}>
      <p>Only what you fill in here is changed. The original files stay as they are.</p>
      <form id={form} className={styles["bulk"]} onSubmit={(event) => { event.preventDefault(); if (!isEmpty) void apply(); }}>
        <TextField label="Keywords to add" placeholder="sailing, Grenadines" value={more} onChange={(event) => setMore(event.target.value)} help="Several with commas between them." />
        <TextField label="Keywords to take away" value={less} onChange={(event) => setLess(event.target.value)} />
        <TextField label="Copyright" placeholder="© 2026 Ada Blum" value={copyright} onChange={(event) => setCopyright(event.target.value)} />
        <TextField label="Made by" value={creator} onChange={(event) => setCreator(event.target.value)} />
        <SelectField label="Rating" value={rating} onChange={(event) => setRating(event.target.value)} options={[{ value: keep, title: "As it is" }, { value: "0", title: "No stars" }, ...[1, 2, 3, 4, 5].map((stars) => ({ value: String(stars), title: "★".repeat(stars) }))]} />
        <SelectField label="In what is published" value={hidden} onChange={(event) => setHidden(event.target.value)} options={[{ value: keep, title: "As it is" }, { value: "no", title: "Shown" }, { value: "yes", title: "Hidden" }]} />
        <SelectField label="Place in what is published" value={privacy} onChange={(event) => setPrivacy(event.target.value)} options={[
          { value: keep, title: "As it is" }, { value: "", title: "As the album or project says" }, { value: "exact", title: "Exact" }, { value: "town", title: "Only the town" }, { value: "hidden", title: "Hidden" }]} />
        <TextField label="Shift the time by minutes" type="number" inputMode="numeric" placeholder="0" value={minutes} onChange={(event) => setMinutes(event.target.value)} help="60 makes every photo an hour later." />
        <div className={styles["wide"]}>
          <PlaceSearch label="Place" onChoose={setPlace} help="A name or coordinates; all of them are put there." />
          {place !== null && <p className={styles["chosenPlace"]}>{place === "none" ? "The place will be taken away." : `All will be at ${place.name}.`} <button type="button" onClick={() => setPlace(null)}>Leave places as they are</button></p>}
          {place === null && <Button kind="ghost" onClick={() => setPlace("none")}>Take the place away</Button>}
        </div>
      </form>
    </Dialog>
  );
}
