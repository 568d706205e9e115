// Chooses one of the project's photos, or brings new ones in.
import type { Photo } from "@accid/api-client/types";
import { Button, IconButton } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { EmptyState, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useQuery } from "@tanstack/react-query";
import { CloudDownload, ImagePlus, Pencil, Upload as UploadIcon } from "lucide-react";
import { useRef, useState } from "react";
import { toast } from "../../../shared/announce.ts";
import { DropboxDialog } from "../../../shared/cloud/DropboxDialog.tsx";
import { useDropbox } from "../../../shared/cloud/useDropbox.ts";
import { formatCount } from "../../../shared/format.ts";
import { queries } from "../../../shared/queries.ts";
import { DescribePhoto } from "./DescribePhoto.tsx";
import styles from "./Inspector.module.css";
import { thumbnailOf } from "./thumbnail.ts";
import { UploadList } from "./UploadList.tsx";
import { useUploads } from "./useUploads.ts";

interface Props {
  project: string; chosen: string;
  /** Whether the picture is to be described; then one is not taken without a word about it. */
  asksAlt: boolean;
  onChoose: (photo: Photo) => void; onClose: () => void;
}

/** Pictures that are asked about, one after the other; `chooses` when the last of them is then taken. */
interface Asking { photos: Photo[]; chooses: boolean }

export function PhotoPicker({ project, chosen, asksAlt, onChoose, onClose }: Props) {
  const photos = useQuery(queries.photos(project));
  const input = useRef<HTMLInputElement>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const isTold = (photo: Photo) => !asksAlt || photo.decorative === true || Boolean(photo.alt);
  const choose = (photo: Photo) => { if (isTold(photo)) onChoose(photo); else setAsking({ photos: [photo], chooses: true }); };
  const describe = (added: Photo[]) => { const untold = added.filter((photo) => !isTold(photo)); if (untold.length > 0) setAsking({ photos: untold, chooses: false }); };
  const { sendings, start, cancel } = useUploads(project, (added, count) => {
    if (added.length > 0) toast(`${formatCount(added.length, "picture")} added. The originals are kept as they are.`, { tone: "success" });
    if (count === 1 && added[0]) choose(added[0]);
    else describe(added);
  });
  const hasDropbox = useDropbox(project);
  const [cloud, setCloud] = useState(false);
  const before = useRef(new Set<string>());
  const came = useRef<Photo[]>([]);
  const closeCloud = () => { setCloud(false); describe(came.current); came.current = []; };
  /** One is chosen as an upload is; more are asked about when the folders are closed. */
  const take = async (asked: number) => {
    const added = ((await photos.refetch()).data ?? []).filter((photo) => !before.current.has(photo.id));
    if (asked === 1 && added[0]) { setCloud(false); choose(added[0]); } else came.current.push(...added);
  };
  const goOn = (photo: Photo) => {
    const rest = asking?.photos.slice(1) ?? [];
    if (asking?.chooses) onChoose(photo);
    else setAsking(rest.length > 0 ? { photos: rest, chooses: false } : null);
  };
  const send = (list: FileList | null) => { if (list && list.length > 0) start([...list]); };
  const button = <>{hasDropbox && <Button icon={<CloudDownload />} onClick={() => setCloud(true)}>From Dropbox…</Button>}<Button kind="primary" icon={<UploadIcon />} onClick={() => input.current?.click()}>Add pictures</Button></>;
  const asked = asking?.photos[0];
  const next = asking?.chooses ? "Use this picture" : (asking?.photos.length ?? 0) > 1 ? `Save, and on to the next of ${asking?.photos.length}` : "Save";
  return (
    <Dialog title="Choose a picture" size="large" onClose={onClose} footer={asked ? undefined : button}>
      <input ref={input} type="file" accept="image/*" multiple hidden aria-label="Pictures to add" onChange={(event) => { send(event.target.files); event.target.value = ""; }} />
      {photos.error && <ErrorNote error={photos.error} />}
      {asked && <DescribePhoto key={asked.id} project={project} photo={asked} next={next} onBack={() => setAsking(null)} onDone={goOn} />}
      {!asked && <UploadList sendings={sendings} onCancel={cancel} />}
      <div className={styles["drop"]} hidden={asked !== undefined} onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); send(event.dataTransfer.files); }}>
        {photos.isPending && <Skeleton height={180} />}
        {photos.data?.length === 0 && sendings.length === 0 && <EmptyState icon={<ImagePlus />} title="No pictures yet"><p>Drop pictures here, or use the button below. JPEG, PNG and WebP are fine, as large as they come.</p></EmptyState>}
        <ul className={styles["photos"]}>
          {photos.data?.map((photo) => (
            <li key={photo.id}>
              <button type="button" aria-pressed={photo.id === chosen} onClick={() => choose(photo)}>
                {/* Without a description the name below says it. */}
                <img src={thumbnailOf(project, photo)} alt={photo.alt ?? ""} loading="lazy" />
                <span>{photo.filename}</span>
              </button>
              <IconButton label={`Describe ${photo.filename}`} onClick={() => setAsking({ photos: [photo], chooses: false })}><Pencil /></IconButton>
            </li>
          ))}
        </ul>
      </div>
      {cloud && <DropboxDialog project={project} onStart={() => { before.current = new Set(photos.data?.map((photo) => photo.id)); }} onEnd={(_, asked) => void take(asked)} onClose={closeCloud} />}
    </Dialog>
  );
}
