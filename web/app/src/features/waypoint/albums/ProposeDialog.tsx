// Groups all photos into albums, shown before they are made.
import { request } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Choice } from "@accid/ui/Choice";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useQuery } from "@tanstack/react-query";
import { Building2, CalendarDays, Flag, Radar } from "lucide-react";
import { useId, useState } from "react";
import { formatCount } from "../../../shared/format.ts";
import { data, keys, refresh } from "../model/data.ts";
import { useGallery } from "../model/gallery.ts";
import type { Album, Grouping } from "@accid/api-client/waypoint";
import { perform } from "../model/undo.ts";
import styles from "./Albums.module.css";

const ways: { by: Grouping; title: string; about: string; Icon: typeof Flag }[] = [
  { by: "day", title: "By day", about: "One album for each day.", Icon: CalendarDays },
  { by: "town", title: "By town", about: "The nearest town of each photo.", Icon: Building2 },
  { by: "country", title: "By country", about: "Where borders were crossed.", Icon: Flag },
  { by: "cluster", title: "By place and time", about: "What lies close in both: an anchorage, a walk, an evening.", Icon: Radar },
];
type Proposed = Pick<Album, "title" | "photos"> & { id?: string };

export function ProposeDialog({ onClose }: { onClose: () => void }) {
  const group = useId();
  const project = useGallery((state) => state.project);
  const [by, setBy] = useState<Grouping>("day");
  const [metres, setMetres] = useState("2000");
  const [hours, setHours] = useState("6");
  const body = { by, ...(by === "cluster" ? { metres: Math.max(1, Number(metres) || 2000), hours: Math.max(0.1, Number(hours) || 6) } : {}) };
  const proposal = useQuery({ queryKey: [...keys(project), "propose", body], staleTime: 0, gcTime: 0, queryFn: () => request<{ items: Proposed[] }>(urls.proposeAlbums(project), { body }) });
  const items = proposal.data?.items ?? [];
  const make = () => {
    onClose();
    let made: Album[] = [];
    let entries: string[] = [];
    void perform({
      title: `Make ${formatCount(items.length, "album")}`,
      redo: async () => {
        if (entries.length > 0) for (const entry of entries) await request(urls.restoreTrash(project), { body: { entry } });
        else made = (await request<{ items: Album[] }>(urls.makeAlbums(project), { body })).items;
        await refresh(project, "albums");
      },
      undo: async () => { entries = []; for (const one of made) entries.push((await request<{ entry: string }>(urls.album(project, one.id), { method: "DELETE" })).entry); await refresh(project, "albums"); },
    });
  };
  const known = useQuery(data.rows(project)).data?.length ?? 0;
  const inThem = items.reduce((sum, one) => sum + one.photos.length, 0);
  return (
    <Dialog title="Group photos into albums" size="large" onClose={onClose} footer={<><Button onClick={onClose}>Cancel</Button><Button kind="primary" disabled={items.length === 0} onClick={make}>Make {formatCount(items.length, "album")}</Button></>}>
      <fieldset className={styles["ways"]}>
        <legend className="visually-hidden">By what</legend>
        {ways.map(({ by: one, title, about, Icon }) => <Choice key={one} group={group} value={one} chosen={by === one} onChoose={() => setBy(one)} icon={<Icon aria-hidden="true" />} title={title} about={about} />)}
      </fieldset>
      {by === "cluster" && (
        <div className={styles["pairs"]}>
          <TextField label="At most so many metres apart" inputMode="numeric" value={metres} onChange={(event) => setMetres(event.target.value)} />
          <TextField label="At most so many hours apart" inputMode="decimal" value={hours} onChange={(event) => setHours(event.target.value)} />
        </div>
      )}
      {proposal.error && <ErrorNote error={proposal.error} />}
      {proposal.isPending && <Skeleton height={200} />}
      {proposal.data && <p role="status" className={styles["sum"]}>{items.length === 0 ? "Nothing to group that way: the photos have no such date or place." : `${formatCount(items.length, "album")} with ${inThem.toLocaleString()} of ${formatCount(known, "photo")}.`}</p>}
      {items.length > 0 && (
        <ul className={styles["preview"]} aria-label="Albums that would be made" tabIndex={0}>
          {items.slice(0, 120).map((one, index) => (
            <li key={one.id ?? index}>
              <span className={styles["strip"]}>{one.photos.slice(0, 5).map((id) => <img key={id} src={urls.picture(project, id, 320)} alt="" loading="lazy" />)}</span>
              <strong>{one.title}</strong><small>{formatCount(one.photos.length, "photo")}</small>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
