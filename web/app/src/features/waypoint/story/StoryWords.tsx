// What a story is called, and what is said before its first chapter.
import { SelectField, SwitchField, TextField } from "@accid/ui/Field";
import { useQuery } from "@tanstack/react-query";
import { RichText } from "../../../shared/rich/RichText.tsx";
import { data } from "../model/data.ts";
import { useGallery } from "../model/gallery.ts";
import type { Row } from "../model/rows.ts";
import type { Story } from "@accid/api-client/waypoint";
import styles from "./Story.module.css";
import type { StoryEdits } from "./useStoryEdits.ts";

const units = [{ value: "kilometres", title: "Kilometres" }, { value: "nautical-miles", title: "Nautical miles" }, { value: "miles", title: "Miles" }];

export function StoryWords({ story, edit, flush, rows }: { story: Story; rows: Row[] } & Pick<StoryEdits, "edit" | "flush">) {
  const photos = story.chapters.flatMap((chapter) => chapter.photos);
  const known = new Map(rows.map((row) => [row.id, row]));
  const project = useGallery((state) => state.project);
  const tracks = (useQuery(data.tracks(project)).data ?? []).filter((track) => !track.hidden);
  const named = photos.slice(0, 400).map((id) => ({ value: id, title: known.get(id)?.title || known.get(id)?.name || id }));
  const withTrack = (now: Story, id: string, on: boolean): Story => ({ ...now, tracks: on ? [...now.tracks ?? [], id] : (now.tracks ?? []).filter((one) => one !== id) });
  return (
    <div className={styles["words"]}>
      <TextField label="Title of the story" value={story.title} onChange={(event) => edit("Title of the story", (now) => ({ ...now, title: event.target.value }), "title")} onBlur={flush} />
      <TextField label="Line below it" value={story.subtitle ?? ""} onChange={(event) => edit("Line below the title", (now) => ({ ...now, subtitle: event.target.value }), "subtitle")} onBlur={flush} />
      <RichText label="Before the first chapter" value={story.intro ?? undefined} placeholder="How it began" onChange={(intro) => edit("Beginning of the story", (now) => ({ ...now, intro }), "intro")} onBlur={flush} />
      <div className={styles["pairs"]}>
        <SelectField label="Cover" value={story.cover ?? ""} onChange={(event) => edit("Cover of the story", (now) => ({ ...now, cover: event.target.value || null }))}
          options={[{ value: "", title: "The first photo" }, ...named]} />
        <SelectField label="Distances" value={story.unit ?? "kilometres"} options={units} onChange={(event) => edit("Unit of distances", (now) => ({ ...now, unit: event.target.value }))} />
      </div>
      {story.template === "mystery-dots" && (
        <SelectField label="The dots stand on" value={story.picture ?? ""} options={[{ value: "", title: "A map" }, ...named]} onChange={(event) => edit("What the dots stand on", (now) => ({ ...now, picture: event.target.value || null }))}
          help="On a photo, its points are the dots. Open the photo in large to set them." />
      )}
      {!story.no_route && tracks.length > 0 && (
        <fieldset className={styles["tracks"]}>
          <legend>Routes on its map</legend>
          {tracks.map((track) => <SwitchField key={track.id} label={track.name || "Route"} checked={(story.tracks ?? []).includes(track.id)} onChange={(on) => edit("Routes of the story", (now) => withTrack(now, track.id, on))} />)}
          <p className={styles["muted"]}>Without any, a line leads from photo to photo.</p>
        </fieldset>
      )}
      <SwitchField label="Without a route on the map" checked={story.no_route ?? false} onChange={(no_route) => edit("Route on the map", (now) => ({ ...now, no_route }))} />
    </div>
  );
}
