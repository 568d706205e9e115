// Chooses one of the project's photos, or brings new ones in.
import { request } from "@accid/api-client/client";
import type { Photo, Upload } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { EmptyState, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useMutation, useQuery } from "@tanstack/react-query";
import { ImagePlus, Upload as UploadIcon } from "lucide-react";
import { useRef, useState } from "react";
import { toast } from "../../../shared/announce.ts";
import { formatCount } from "../../../shared/format.ts";
import { queries, queryClient } from "../../../shared/queries.ts";
import styles from "./Inspector.module.css";
import { thumbnailOf } from "./thumbnail.ts";

interface Props { project: string; chosen: string; onChoose: (photo: Photo) => void; onClose: () => void }

export function PhotoPicker({ project, chosen, onChoose, onClose }: Props) {
  const photos = useQuery(queries.photos(project));
  const input = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<Upload["refused"]>([]);
  const upload = useMutation({
    mutationFn: (files: File[]) => {
      const form = new FormData();
      files.forEach((file) => form.append("files", file));
      return request<Upload>(urls.uploadPhotos(project), { form });
    },
    onSuccess: ({ items, refused: notTaken }) => {
      void queryClient.invalidateQueries({ queryKey: ["project", project, "photos"] });
      setRefused(notTaken);
      if (items.length > 0) toast(`${formatCount(items.length, "picture")} added. The originals are kept as they are.`, { tone: "success" });
      if (items.length === 1 && items[0] && notTaken.length === 0) onChoose(items[0]);
    },
  });
  const take = (list: FileList | null) => { if (list && list.length > 0) upload.mutate([...list]); };
  const button = <Button kind="primary" icon={<UploadIcon />} busy={upload.isPending} onClick={() => input.current?.click()}>Add pictures</Button>;
  return (
    <Dialog title="Choose a picture" size="large" onClose={onClose} footer={button}>
      <input ref={input} type="file" accept="image/*" multiple hidden aria-label="Pictures to add" onChange={(event) => { take(event.target.files); event.target.value = ""; }} />
      {(photos.error ?? upload.error) && <ErrorNote error={photos.error ?? upload.error} />}
      {refused.length > 0 && <div role="alert" className={styles["refused"]}>{refused.map((one) => <p key={one.name}><strong>{one.name}</strong>: {one.reason}</p>)}</div>}
      <div className={styles["drop"]} onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); take(event.dataTransfer.files); }}>
        {photos.isPending && <Skeleton height={180} />}
        {photos.data?.length === 0 && <EmptyState icon={<ImagePlus />} title="No pictures yet"><p>Drop pictures here, or use the button below. JPEG, PNG and WebP are fine, as large as they come.</p></EmptyState>}
        <ul className={styles["photos"]}>
          {photos.data?.map((photo) => (
            <li key={photo.id}>
              <button type="button" aria-pressed={photo.id === chosen} onClick={() => onChoose(photo)}>
                <img src={thumbnailOf(project, photo)} alt={photo.alt || photo.filename} loading="lazy" />
                <span>{photo.filename}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
