// What photos are looked for: a word, days, a place, a camera, stars, an album; each with how many there are.
import { Button } from "@accid/ui/Button";
import { SelectField, SwitchField, TextField } from "@accid/ui/Field";
import { SearchField } from "@accid/ui/SearchField";
import { useQuery } from "@tanstack/react-query";
import { SlidersHorizontal, X } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { data } from "../model/data.ts";
import { search, setLineHeight, sizes, useGallery, useGalleryStore } from "../model/gallery.ts";
import { isFiltered, noFilter, type Row } from "../model/rows.ts";
import { dayInWords } from "../model/words.ts";
import styles from "./Photos.module.css";

function counted(rows: readonly Row[], read: (row: Row) => string): { value: string; title: string }[] {
  const counts = new Map<string, number>();
  for (const row of rows) { const value = read(row); if (value) counts.set(value, (counts.get(value) ?? 0) + 1); }
  return [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([value, count]) => ({ value, title: `${value} (${count})` }));
}

type Counted = { value: string; title: string }[];
const nothingCounted = { countries: [] as Counted, cameras: [] as Counted, towns: [] as Counted, days: [] as string[], without: 0, hidden: 0 };

const starChoices = [{ value: "0", title: "Any rating" }, ...[1, 2, 3, 4, 5].map((stars) => ({ value: String(stars), title: `${"★".repeat(stars)}${stars < 5 ? " or more" : ""}` }))];

/** `add`: the ways photos come in, where the bar of the window has no room for them. */
export function FilterBar({ rows, count, add, ordered, onOrder }: { rows: Row[]; count: number; add: ReactNode; ordered: boolean; onOrder: ((byHand: boolean) => void) | null }) {
  const gallery = useGalleryStore();
  const project = useGallery((state) => state.project);
  const filter = useGallery((state) => state.filter);
  const lineHeight = useGallery((state) => state.lineHeight);
  const albums = useQuery(data.albums(project)).data ?? [];
  const [open, setOpen] = useState(false);
  // Counted when somebody looks: with ten thousand photos it would hold up the first view.
  const facets = useMemo(() => (!open ? nothingCounted : {
    countries: counted(rows, (row) => row.country), cameras: counted(rows, (row) => row.camera), towns: counted(rows.filter((row) => !filter.country || row.country === filter.country), (row) => row.town),
    days: rows.map((row) => row.day).filter(Boolean), without: rows.reduce((sum, row) => sum + (row.lat === null ? 1 : 0), 0), hidden: rows.reduce((sum, row) => sum + (row.hidden ? 1 : 0), 0),
  }), [open, rows, filter.country]);
  const set = (part: Partial<typeof filter>) => search(gallery, part);
  const days = facets.days.reduce(([least, most], day) => [day < (least ?? day) ? day : least ?? day, day > (most ?? day) ? day : most ?? day] as const, [undefined, undefined] as readonly [string | undefined, string | undefined]);
  const filters = Object.entries(filter).filter(([name, value]) => name !== "q" && value !== noFilter[name as keyof typeof noFilter]).length;
  return (
    <div className={styles["filters"]} role="search" aria-label="Photos">
      <div className={styles["filterLine"]}>
        <div className={styles["searchBox"]}><SearchField label="Search photos" placeholder="Name, place, camera" value={filter.q} onChange={(q) => set({ q })} /></div>
        <Button icon={<SlidersHorizontal />} aria-expanded={open} aria-controls="photo-filters" onClick={() => setOpen(!open)}>Filter{filters > 0 ? ` (${filters})` : ""}</Button>
        {isFiltered(filter) && <Button kind="ghost" icon={<X />} onClick={() => gallery.setState({ filter: noFilter })}>All photos</Button>}
        <span role="status" className={styles["count"]}>{isFiltered(filter) ? `${count.toLocaleString()} of ${rows.length.toLocaleString()}` : `${rows.length.toLocaleString()} photos`}</span>
        <div className={styles["narrow"]}>{add}</div>
        <label className={styles["size"]}><span className="visually-hidden">Size of the pictures</span>
          <input type="range" min={sizes.least} max={sizes.most} step={10} value={lineHeight} onChange={(event) => setLineHeight(gallery, Number(event.target.value))} />
        </label>
      </div>
      {open && (
        <div id="photo-filters" className={styles["filterFields"]}>
          <TextField label="From" type="date" min={days[0]} max={days[1]} value={filter.from} onChange={(event) => set({ from: event.target.value })} />
          <TextField label="Until" type="date" min={days[0]} max={days[1]} value={filter.to} onChange={(event) => set({ to: event.target.value })} />
          <SelectField label="Country" value={filter.country} options={[{ value: "", title: "Any country" }, ...facets.countries]} onChange={(event) => set({ country: event.target.value, town: "" })} />
          <SelectField label="Town" value={filter.town} options={[{ value: "", title: "Any town" }, ...facets.towns]} onChange={(event) => set({ town: event.target.value })} />
          <SelectField label="Camera" value={filter.camera} options={[{ value: "", title: "Any camera" }, ...facets.cameras]} onChange={(event) => set({ camera: event.target.value })} />
          <SelectField label="Rating" value={String(filter.rating)} options={starChoices} onChange={(event) => set({ rating: Number(event.target.value) })} />
          <SelectField label="Album" value={filter.album} options={[{ value: "", title: "All photos" }, ...albums.map((album) => ({ value: album.id, title: `${album.title} (${album.photos.length})` }))]} onChange={(event) => set({ album: event.target.value })} />
          <SelectField label="Place" value={filter.place} options={[{ value: "", title: "With or without a place" }, { value: "none", title: `Has no place (${facets.without})` }, { value: "any", title: `Has a place (${rows.length - facets.without})` }]}
            onChange={(event) => set({ place: event.target.value as typeof filter.place })} />
          <SelectField label="Hidden" value={filter.hidden} options={[{ value: "", title: "Hidden or not" }, { value: "only", title: `Hidden (${facets.hidden})` }, { value: "without", title: "Not hidden" }]}
            onChange={(event) => set({ hidden: event.target.value as typeof filter.hidden })} />
          {onOrder && <SelectField label="Order" value={ordered ? "hand" : "time"} options={[{ value: "time", title: "By time" }, { value: "hand", title: "By hand: drag, or Alt with arrows" }]} onChange={(event) => onOrder(event.target.value === "hand")} />}
          <SwitchField label="Look-alikes and bursts" checked={filter.alike} onChange={(alike) => set({ alike, ...(alike ? { album: "" } : {}) })} />
          {days[0] && <p className={styles["span"]}>{dayInWords(days[0], true)} to {dayInWords(days[1] ?? days[0], true)}</p>}
        </div>
      )}
    </div>
  );
}
