// The film that plays on a picture: chosen among the project's, or taken in from this machine.
import { request } from "@accid/api-client/client";
import type { Video } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button, IconButton } from "@accid/ui/Button";
import { ErrorNote } from "@accid/ui/Feedback";
import { SelectField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Clapperboard, Trash2 } from "lucide-react";
import { useRef } from "react";
import { toast } from "../../../shared/announce.ts";
import { formatBytes } from "../../../shared/format.ts";
import { queries, queryClient, refreshProjects } from "../../../shared/queries.ts";
import { useSession } from "../model/context.tsx";
import styles from "./Inspector.module.css";

interface Props { label: string; help?: string | undefined; value: string; onChange: (video: string) => void }

const told = ({ filename, width, height, seconds, bytes }: Video) =>
  `${filename} (${width} × ${height}, ${seconds ? `${Math.round(seconds)} s, ` : ""}${formatBytes(bytes)})`;

export function VideoField({ label, help, value, onChange }: Props) {
  const project = useSession((state) => state.project);
  const known = queries.videos(project);
  const videos = useQuery(known).data ?? [];
  const chooser = useRef<HTMLInputElement>(null);
  const chosen = videos.find((video) => video.id === value);
  const add = useMutation({
    mutationFn: (file: File) => request<Video>(urls.addVideo(project, file.name), { file }),
    onSuccess: (video) => { void queryClient.invalidateQueries({ queryKey: known.queryKey }); onChange(video.id); },
  });
  const remove = useMutation({
    mutationFn: (video: Video) => request(urls.video(project, video.id), { method: "DELETE" }),
    onSuccess: (_, video) => { refreshProjects(); toast(`“${video.filename}” is in the trash.`); },
  });
  const unused = videos.filter((video) => video.id !== value);
  const options = [
    { value: "", title: "None: the picture alone" }, ...videos.map((video) => ({ value: video.id, title: told(video) })),
    ...(value && !chosen ? [{ value, title: "A film that is gone" }] : []),
  ];
  return (
    <div className={styles["group"]} data-video-field="">
      {(videos.length > 0 || value) && <SelectField label={label} help={help} options={options} value={value} onChange={(event) => onChange(event.target.value)} />}
      {videos.length === 0 && !value && <p className={styles["help"]}>{label}: {help}</p>}
      {(add.error ?? remove.error) && <ErrorNote error={add.error ?? remove.error} />}
      <div className={styles["row"]}>
        <Button icon={<Clapperboard />} busy={add.isPending} onClick={() => chooser.current?.click()}>Add a film</Button>
      </div>
      {unused.length > 0 && (
        <details className={styles["more"]}>
          <summary>Films that are not shown here</summary>
          {unused.map((video) => (
            <p key={video.id} className={styles["row"]}>{video.filename} <IconButton label={`Remove ${video.filename}`} onClick={() => remove.mutate(video)}><Trash2 /></IconButton></p>
          ))}
        </details>
      )}
      <input ref={chooser} type="file" accept="video/mp4,video/webm" hidden aria-label={`Add a film: ${label}`}
        onChange={(event) => { const [file] = event.target.files ?? []; event.target.value = ""; if (file) add.mutate(file); }} />
    </div>
  );
}
