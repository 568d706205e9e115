// Chooses one of the project's photos, or brings new ones in.
import type { Photo } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { EmptyState, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useQuery } from "@tanstack/react-query";
import { ImagePlus, Upload as UploadIcon } from "lucide-react";
import { useRef, useState } from "react";
import { toast } from "../../../shared/announce.ts";
import { formatCount } from "../../../shared/format.ts";
import { queries } from "../../../shared/queries.ts";
import { DescribePhoto } from "./DescribePhoto.tsx";
import styles from "./Inspector.module.css";
import { thumbnailOf } from "./thumbnail.ts";
import { UploadList } from "./UploadList.tsx";
import { useUploads } from "./useUploads.ts";

interface Props {
  project: string; chosen: string;
  /** Whether the picture stands where it is described; then a new one is not taken without a word about it. */
  asksAlt: boolean;
  onChoose: (photo: Photo, alt: string | null) => void; onClose: () => void;
}

export function PhotoPicker({ project, chosen, asksAlt, onChoose, onClose }: Props) {
  const photos = useQuery(queries.photos(project));
  const input = useRef<HTMLInputElement>(null);
  const fresh = useRef(new Set<string>());
  const [describing, setDescribing] = useState<Photo | null>(null);
  // What was just added is still undescribed; what is older was asked about then.
  const choose = (photo: Photo) => { if (asksAlt && !photo.alt && fresh.current.has(photo.id)) setDescribing(photo); else onChoose(photo, null); };
  const { sendings, start, cancel } = useUploads(project, (added, count) => {
    added.forEach((photo) => fresh.current.add(photo.id));
    if (added.length > 0) toast(`${formatCount(added.length, "picture")} added. The originals are kept as they are.`, { tone: "success" });
    if (count === 1 && added[0]) choose(added[0]);
  });
  const take = (list: FileList | null) => { if (list && list.length > 0) start([...list]); };
  const button = <Button kind="primary" icon={<UploadIcon />} onClick={() => input.current?.click()}>Add pictures</Button>;
  return (
    <Dialog title="Choose a picture" size="large" onClose={onClose} footer={describing ? undefined : button}>
      <input ref={input} type="file" accept="image/*" multiple hidden aria-label="Pictures to add" onChange={(event) => { take(event.target.files); event.target.value = ""; }} />
      {photos.error && <ErrorNote error={photos.error} />}
      {describing && <DescribePhoto key={describing.id} project={project} photo={describing} onBack={() => setDescribing(null)} onDone={(alt) => onChoose(describing, alt)} />}
      {!describing && <UploadList sendings={sendings} onCancel={cancel} />}
      <div className={styles["drop"]} hidden={describing !== null} onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); take(event.dataTransfer.files); }}>
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
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
