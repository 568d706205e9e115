// The routes of a gallery: shown, named, made simpler, hidden, removed.
import { urls } from "@accid/api-client/urls";
import { Badge } from "@accid/ui/Feedback";
import { Menu } from "@accid/ui/Menu";
import { Eye, EyeOff, PencilLine, Route, Spline, Trash2 } from "lucide-react";
import { useState } from "react";
import { say, toast } from "../../../shared/announce.ts";
import { formatCount } from "../../../shared/format.ts";
import type { Place } from "../../../shared/map/projection.ts";
import { saveObject, trashObject } from "../model/edits.ts";
import { useGallery } from "../model/gallery.ts";
import type { Track } from "@accid/api-client/waypoint";
import { distanceInWords, metresBetween } from "../model/words.ts";
import styles from "./Map.module.css";
import { NameDialog } from "../NameDialog.tsx";
import { keptPoints } from "../../../shared/map/simplify.ts";

const points = (track: Track) => track.segments.reduce((sum, segment) => sum + segment.length, 0);
const lengthOf = (track: Track) => track.segments.reduce((sum, segment) => sum + segment.reduce((way, point, index) => (index === 0 ? 0 : way + metresBetween(segment[index - 1] as Place, point)), 0), 0);

/** Without points that bend the line by less than some ten metres. */
function simpler(track: Track): Track {
  return {
    ...track,
    segments: track.segments.map((segment) => {
      const narrow = Math.cos(((segment[0]?.lat ?? 0) * Math.PI) / 180);
      return keptPoints(segment.map((point) => ({ x: point.lon * narrow, y: point.lat })), 0.0001).map((index) => segment[index] as (typeof segment)[number]);
    }),
  };
}

export function RoutePanel({ tracks, mayEdit, onShow }: { tracks: Track[]; mayEdit: boolean; onShow: (places: Place[]) => void }) {
  const project = useGallery((state) => state.project);
  const [isNarrow] = useState(() => matchMedia("(max-width: 639px)").matches);
  const [renaming, setRenaming] = useState<Track | null>(null);
  const change = (before: Track, after: Track, title: string) => void saveObject({ project, url: urls.track(project, before.id), part: "tracks", before, after, title });
  const simplify = (track: Track) => {
    const after = simpler(track);
    const fewer = points(track) - points(after);
    if (fewer === 0) { say("The route has no point too many."); return; }
    change(track, after, `Simplify ${track.name}`);
    toast(`${formatCount(fewer, "point")} fewer; the line looks the same.`);
  };
  const remove = (track: Track) => void trashObject({ project, url: urls.track(project, track.id), part: "tracks", title: `Remove the route ${track.name}` });
  return (
    <details className={styles["routes"]} open={!isNarrow}>
      <summary>{formatCount(tracks.length, "route")}</summary>
      <ul aria-label="Routes">
        {tracks.map((track) => (
          <li key={track.id} data-track={track.id}>
            <button type="button" className={styles["routeName"]} onClick={() => onShow(track.segments.flat())}>
              <Route aria-hidden="true" /><span><strong>{track.name || track.source || "Route"}</strong><small>{distanceInWords(lengthOf(track))}, {formatCount(points(track), "point")}{track.drawn ? ", drawn" : ""}</small></span>
            </button>
            {track.hidden && <Badge>Hidden</Badge>}
            {mayEdit && <Menu label={`Actions for ${track.name || "the route"}`} items={[
              { title: "Rename", icon: <PencilLine />, run: () => setRenaming(track) }, { title: "Simplify", icon: <Spline />, run: () => simplify(track) },
              { title: track.hidden ? "Show in what is published" : "Hide from what is published", icon: track.hidden ? <Eye /> : <EyeOff />, run: () => change(track, { ...track, hidden: !track.hidden }, track.hidden ? "Show the route" : "Hide the route") },
              { title: "Remove", icon: <Trash2 />, danger: true, run: () => remove(track) },
            ]} />}
          </li>
        ))}
      </ul>
      {renaming && <NameDialog title="Rename the route" label="Name" value={renaming.name} action="Rename" onClose={() => setRenaming(null)} onName={(name) => change(renaming, { ...renaming, name }, "Rename a route")} />}
    </details>
  );
}
