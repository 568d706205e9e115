// Everything about the chosen photo; of several, what can be said of all.
import { requestText } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { SelectField, SwitchField } from "@accid/ui/Field";
import { useQuery } from "@tanstack/react-query";
import { Star } from "lucide-react";
import { useMay } from "../../../shared/abilities.ts";
import { toastError } from "../../../shared/announce.ts";
import { formatBytes, formatCount } from "../../../shared/format.ts";
import { data } from "../model/data.ts";
import { changePhotos } from "../model/edits.ts";
import { useGallery, useGalleryStore } from "../model/gallery.ts";
import type { Row } from "../model/rows.ts";
import type { GalleryPhoto, PhotoChanges, Privacy } from "@accid/api-client/waypoint";
import styles from "./Details.module.css";
import { DraftField } from "./Draft.tsx";
import { HostPicture } from "./HostPicture.tsx";
import { MarkerForm } from "./MarkerForm.tsx";
import { PlaceFields } from "./PlaceFields.tsx";
import { TimeFields } from "./TimeFields.tsx";

export const privacyChoices: { value: Privacy; title: string }[] = [
  { value: "", title: "As the album or project says" }, { value: "exact", title: "Exact" }, { value: "town", title: "Only the town" }, { value: "hidden", title: "Hidden" },
];

function Camera({ photo }: { photo: GalleryPhoto }) {
  const exif = photo.exif ?? {};
  const facts: [string, string][] = [
    ["Camera", exif.camera ?? ""], ["Lens", exif.lens ?? ""],
    ["Exposure", [exif.shutter && `${exif.shutter} s`, exif.aperture && `f/${exif.aperture}`, exif.iso && `ISO ${exif.iso}`, exif.focal_length && `${exif.focal_length} mm`].filter(Boolean).join(", ")],
    ["Camera’s clock", exif.date?.replace("T", ", ") ?? ""], ["File", photo.filename], ["Size", `${photo.width} × ${photo.height}, ${formatBytes(photo.bytes)}`],
  ];
  return (
    <dl className={styles["facts"]}>
      {facts.filter(([, value]) => value).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
    </dl>
  );
}

/** What ACCID knows of the photo, as a file that photo programs read beside the original. */
async function saveSidecar(project: string, photo: GalleryPhoto) {
  try {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([await requestText(urls.sidecar(project, photo.id), "POST")], { type: "application/rdf+xml" }));
    link.download = `${photo.filename.replace(/\.[^.]+$/, "")}.xmp`;
    link.click();
    URL.revokeObjectURL(link.href);
  } catch (error) {
    toastError(error);
  }
}

function Rating({ value, onChange }: { value: number; onChange: (rating: number) => void }) {
  return (
    <fieldset className={styles["rating"]}>
      <legend>Rating</legend>
      {[1, 2, 3, 4, 5].map((stars) => (
        <label key={stars} data-lit={stars <= value || undefined}>
          <input type="radio" name="rating" className="visually-hidden" checked={stars === value} onChange={() => onChange(stars)} onClick={() => { if (stars === value) onChange(0); }} />
          <Star aria-hidden="true" /><span className="visually-hidden">{formatCount(stars, "star")}</span>
        </label>
      ))}
      {value > 0 && <button type="button" onClick={() => onChange(0)}>No stars</button>}
    </fieldset>
  );
}

function One({ photo }: { photo: GalleryPhoto }) {
  const gallery = useGalleryStore();
  const project = useGallery((state) => state.project);
  const stage = useGallery((state) => state.stage);
  const mayEdit = useMay()("edit-photos");
  const set = (changes: PhotoChanges, title: string) => void changePhotos(project, [photo.id], changes, title);
  const keywords = (text: string) => [...new Set(text.split(",").map((word) => word.trim()).filter(Boolean))];
  return (
    <>
      {stage === null && (
        <button type="button" className={styles["preview"]} aria-label={`Look at ${photo.title || photo.filename} in large`} onClick={() => gallery.setState({ stage: photo.id })}>
          <img src={urls.picture(project, photo.id, 320)} alt="" style={{ aspectRatio: `${photo.width} / ${photo.height}` }} />
        </button>
      )}
      <fieldset className={styles["all"]} disabled={!mayEdit}>
      <legend className="visually-hidden">{mayEdit ? "What is known of the photo" : "What is known of the photo; you may not change it"}</legend>
      {stage === photo.id && <MarkerForm photo={photo} mayEdit={mayEdit} />}
      <Rating value={photo.rating ?? 0} onChange={(rating) => set({ rating: rating || null }, "Rating")} />
      <DraftField label="Title" value={photo.title ?? ""} onSave={(title) => set({ title }, "Title")} input={{ placeholder: photo.filename }} />
      <DraftField label="What it shows" rows={2} value={photo.alt ?? ""} onSave={(alt) => set({ alt }, "Description")} help="One sentence, read to people who do not see the picture." />
      <DraftField label="Caption" rows={2} value={photo.caption ?? ""} onSave={(caption) => set({ caption }, "Caption")} help="Stands below the picture in stories." />
      <DraftField label="Keywords" value={(photo.keywords ?? []).join(", ")} onSave={(text) => set({ keywords: keywords(text) }, "Keywords")} help="With commas between them." />
      <TimeFields photo={photo} onSave={(taken) => set({ taken }, "Time")} />
      <PlaceFields photo={photo} />
      <fieldset className={styles["group"]}>
        <legend>In what is published</legend>
        <SwitchField label="Hidden" help="It is in no story and in no export." checked={photo.hidden ?? false} onChange={(hidden) => set({ hidden }, hidden ? "Hide" : "Show again")} />
        <SelectField label="Its place" value={photo.privacy ?? ""} options={privacyChoices} onChange={(event) => set({ privacy: event.target.value as Privacy }, "Privacy")} help="What is hidden is in no file of the export." />
        <DraftField label="Copyright" value={photo.copyright ?? ""} onSave={(copyright) => set({ copyright }, "Copyright")} input={{ placeholder: "© 2026 Ada Blum" }} />
        <DraftField label="Made by" value={photo.creator ?? ""} onSave={(creator) => set({ creator }, "Maker")} />
      </fieldset>
      </fieldset>
      <fieldset className={styles["group"]}>
        <legend>The file</legend>
        <Camera photo={photo} />
        <p className={styles["links"]}>
          <a href={urls.original(project, photo.id)} download={photo.filename}>Original</a>
          <a href={urls.annotations(project, photo.id)} download={`${photo.filename}.annotations.json`}>Points as annotations</a>
          <button type="button" onClick={() => void saveSidecar(project, photo)}>Notes as XMP</button>
        </p>
        <HostPicture key={photo.id} project={project} photo={photo.id} />
      </fieldset>
    </>
  );
}

export function DetailsPanel({ rows }: { rows: Row[] }) {
  const mayEdit = useMay()("edit-photos");
  const project = useGallery((state) => state.project);
  const { chosen, at } = useGallery((state) => state.selection);
  const stage = useGallery((state) => state.stage);
  const id = stage ?? (chosen.size === 1 ? [...chosen][0] ?? null : chosen.size === 0 ? at : null);
  const photo = useQuery({ ...data.photo(project, id ?? ""), enabled: id !== null && rows.some((row) => row.id === id) });
  if (id === null && chosen.size > 1) {
    const some = rows.filter((row) => chosen.has(row.id));
    const days = [...new Set(some.map((row) => row.day).filter(Boolean))].sort();
    return (
      <div className={styles["details"]}>
        <div className={styles["head"]}><h2>{formatCount(chosen.size, "photo")}</h2></div>
        <dl className={styles["facts"]}>
          <div><dt>Days</dt><dd>{days.length}</dd></div><div><dt>With a place</dt><dd>{some.filter((row) => row.lat !== null).length}</dd></div><div><dt>Hidden</dt><dd>{some.filter((row) => row.hidden).length}</dd></div>
        </dl>
        {mayEdit && <p className={styles["muted"]}>The bar below the photos changes all of them at once.</p>}
      </div>
    );
  }
  if (id === null) return <div className={styles["details"]}><div className={styles["head"]}><h2>Details</h2></div><p className={styles["muted"]}>Choose a photo to see when, where and how it was taken{mayEdit ? ", and to say what it shows" : ""}. Enter opens it in large.</p></div>;
  return (
    <div className={styles["details"]} data-details={id}>
      <div className={styles["head"]}><h2>{photo.data?.title || photo.data?.filename || "Photo"}</h2></div>
      {photo.error && <ErrorNote error={photo.error} />}
      {photo.data ? <One key={photo.data.id} photo={photo.data} /> : !photo.error && <Skeleton height={260} />}
    </div>
  );
}
