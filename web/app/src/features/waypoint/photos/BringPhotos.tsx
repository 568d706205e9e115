// The ways photos come in: files, a folder, folders of this machine that are watched, and Dropbox.
import { Button } from "@accid/ui/Button";
import { FolderSync, FolderUp, ImagePlus } from "lucide-react";
import { useRef } from "react";
import { FromDropbox } from "../../../shared/cloud/FromDropbox.tsx";
import { refresh } from "../model/data.ts";
import { sorted } from "../model/files.ts";
import { useGallery } from "../model/gallery.ts";
import styles from "./Photos.module.css";

export function BringPhotos({ primary, onFiles, onWatch }: { primary: boolean; onFiles: (files: ReturnType<typeof sorted>) => void; onWatch: () => void }) {
  const project = useGallery((state) => state.project);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => { onFiles(sorted([...input.files ?? []])); input.value = ""; };
  return (
    <div className={styles["bring"]}>
      <Button kind={primary ? "primary" : "plain"} icon={<ImagePlus />} onClick={() => files.current?.click()}>Add photos</Button>
      <Button icon={<FolderUp />} onClick={() => folder.current?.click()}>Add a folder</Button>
      <Button icon={<FolderSync />} onClick={onWatch}>Watch a folder</Button>
      <FromDropbox project={project} onDone={() => void refresh(project, "index", "albums")} />
      <input ref={files} type="file" multiple hidden aria-label="Photos" accept="image/*,.heic,.heif,.avif,.dng,.cr2,.cr3,.nef,.arw,.raf,.rw2,.orf,.gpx,.kml,.geojson" onChange={(event) => take(event.currentTarget)} />
      <input ref={(element) => { folder.current = element; element?.setAttribute("webkitdirectory", ""); }} type="file" multiple hidden aria-label="Folder of photos" onChange={(event) => take(event.currentTarget)} />
    </div>
  );
}
