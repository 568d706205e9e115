// Places photos by their time: along a route, or between the photos before and after. Every proposal is shown with how far
// apart the times are, before anything is changed.
import { request } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Choice } from "@accid/ui/Choice";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useQuery } from "@tanstack/react-query";
import { Route, Users } from "lucide-react";
import { useId, useState } from "react";
import { formatCount } from "../../../shared/format.ts";
import { placeInWords } from "../../../shared/map/coordinates.ts";
import { data, keys, useRows } from "../model/data.ts";
import { placePhotos } from "../model/edits.ts";
import { useGallery } from "../model/gallery.ts";
import type { PlaceProposal } from "@accid/api-client/waypoint";
import { dayInWords, differenceInWords, timeInWords } from "../model/words.ts";
import styles from "./Map.module.css";

interface Answer { items: PlaceProposal[]; without: string[]; offsetSeconds: number }
const most = 200;

export function ByTimeDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const project = useGallery((state) => state.project);
  const { rows } = useRows();
  const tracks = (useQuery(data.tracks(project)).data ?? []).filter((track) => track.segments.some((segment) => segment.some((point) => point.time)));
  const [wanted, setHow] = useState<"track" | "neighbours" | null>(null);
  const how = wanted ?? (tracks.length > 0 ? "track" : "neighbours");
  const [minutes, setMinutes] = useState("");
  const [gap, setGap] = useState("");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const offsetSeconds = minutes.trim() === "" ? undefined : Math.round(Number(minutes.replace(",", ".")) * 60) || 0;
  const body = { how, ...(Number(gap) > 0 ? { maxGapMinutes: Number(gap) } : {}), ...(offsetSeconds !== undefined && how === "track" ? { offsetSeconds } : {}) };
  const proposals = useQuery({ queryKey: [...keys(project), "by-time", body], staleTime: 0, gcTime: 0, queryFn: () => request<Answer>(urls.placeByTime(project), { body }) });
  const known = new Map(rows.map((row) => [row.id, row]));
  const items = proposals.data?.items ?? [];
  const taken = items.filter((item) => !left.has(item.photo));
  const found = proposals.data?.offsetSeconds ?? null;
  const without = rows.filter((row) => row.lat === null).length;
  const confirm = () => { onClose(); void placePhotos(project, taken.map(({ photo, lat, lon, how: source }) => ({ photo, location: { lat, lon, source } })), "Place by time:"); };
  return (
    <Dialog title="Place photos by time" size="large" onClose={onClose} footer={<>
      <Button onClick={onClose}>Cancel</Button>
      <Button kind="primary" disabled={taken.length === 0} onClick={confirm}>Place {formatCount(taken.length, "photo")}</Button>
    </>}>
      <p>{formatCount(without, "photo")} without a place. Each is put where one was at its time; you see how far apart the times are before anything changes.</p>
      <fieldset className={styles["how"]}>
        <legend className="visually-hidden">How</legend>
        <Choice group={id} value="track" chosen={how === "track"} onChoose={() => setHow("track")} icon={<Route aria-hidden="true" />} title="Along the routes" about={tracks.length > 0 ? `${formatCount(tracks.length, "route")} with times` : "There is no recorded route yet. Drop a GPX file into the window."} />
        <Choice group={id} value="neighbours" chosen={how === "neighbours"} onChoose={() => setHow("neighbours")} icon={<Users aria-hidden="true" />} title="Between its neighbours" about="From the photos before and after that have a place." />
      </fieldset>
      <div className={styles["pairs"]}>
        {how === "track" && <TextField label="Add minutes to the camera’s clock" inputMode="decimal" placeholder={found === null ? "found by itself" : String(Math.round(found / 6) / 10)} value={minutes} onChange={(event) => setMinutes(event.target.value)}
          help={found !== null && minutes.trim() === "" ? `Found by itself: ${differenceInWords(found)}.` : "Negative when the clock was ahead. Empty: found by itself."} />}
        <TextField label="At most so many minutes apart" inputMode="numeric" placeholder={how === "track" ? "10" : "180"} value={gap} onChange={(event) => setGap(event.target.value)} />
      </div>
      {proposals.error && <ErrorNote error={proposals.error} />}
      {proposals.isPending && <Skeleton height={160} />}
      {proposals.data && items.length === 0 && <p role="status" className={styles["none"]}>No photo fits. Allow more minutes, correct the clock, or bring the route of those days.</p>}
      {items.length > 0 && (proposals.data?.without.length ?? 0) > 0 && <p className={styles["none"]}>For {formatCount(proposals.data?.without.length ?? 0, "more photo", "more photos")} nothing was found.</p>}
      {items.length > 0 && (
        <ul className={styles["proposals"]} aria-label="Proposals" tabIndex={0}>
          {items.slice(0, most).map((item) => {
            const row = known.get(item.photo);
            return (
              <li key={item.photo}>
                <label>
                  <input type="checkbox" checked={!left.has(item.photo)} onChange={() => setLeft((all) => { const next = new Set(all); if (!next.delete(item.photo)) next.add(item.photo); return next; })} />
                  <img src={urls.picture(project, item.photo, 320)} alt="" loading="lazy" />
                  <span><strong>{row?.title || row?.name || item.photo}</strong><small>{row ? `${dayInWords(row.day, true)}, ${timeInWords(row.taken)} · ` : ""}{item.place || placeInWords(item)}</small></span>
                  <em data-far={Math.abs(item.differenceSeconds) > 600 || undefined}>{differenceInWords(item.differenceSeconds)}</em>
                </label>
              </li>
            );
          })}
          {items.length > most && <li className={styles["more"]}>and {(items.length - most).toLocaleString()} more, which are placed too</li>}
        </ul>
      )}
    </Dialog>
  );
}
