// The ways photos come in: files, a folder, folders of this machine that are watched, and Dropbox.
import { Button } from "@accid/ui/Button";
import { CloudDownload, FolderSync, FolderUp, ImagePlus } from "lucide-react";
import { useRef } from "react";
import { sorted } from "../model/files.ts";
import styles from "./Photos.module.css";

/** `onDropbox` is missing while nobody is connected there. Where there is little room the icons stand alone. */
export interface Ways { onFiles: (files: ReturnType<typeof sorted>) => void; onWatch: () => void; onDropbox: (() => void) | undefined }

export function BringPhotos({ primary, onFiles, onWatch, onDropbox }: { primary: boolean } & Ways) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement) => { onFiles(sorted([...input.files ?? []])); input.value = ""; };
  return (
    <div className={styles["bring"]}>
      <Button kind={primary ? "primary" : "plain"} icon={<ImagePlus />} title="Add photos" onClick={() => files.current?.click()}>Add photos</Button>
      <Button icon={<FolderUp />} title="Add a folder" onClick={() => folder.current?.click()}>Add a folder</Button>
      <Button icon={<FolderSync />} title="Watch a folder" onClick={onWatch}>Watch a folder</Button>
      {onDropbox && <Button icon={<CloudDownload />} title="From Dropbox…" onClick={onDropbox}>From Dropbox…</Button>}
      <input ref={files} type="file" multiple hidden aria-label="Photos" accept="image/*,.heic,.heif,.avif,.dng,.cr2,.cr3,.nef,.arw,.raf,.rw2,.orf,.gpx,.kml,.kmz,.geojson" onChange={(event) => take(event.currentTarget)} />
      <input ref={(element) => { folder.current = element; element?.setAttribute("webkitdirectory", ""); }} type="file" multiple hidden aria-label="Folder of photos" onChange={(event) => take(event.currentTarget)} />
    </div>
  );
}
