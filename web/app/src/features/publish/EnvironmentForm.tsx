// A place to publish to: for now a folder of this machine.
import { request } from "@accid/api-client/client";
import type { Environment } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { ErrorNote } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { queryClient } from "../../shared/queries.ts";
import styles from "./Publish.module.css";

/** A path becomes the address of a file; an address stays what it is. */
export function toUrl(place: string): string {
  const text = place.trim();
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) return text;
  const path = text.replace(/\\/g, "/");
  return `file://${path.startsWith("/") ? "" : "/"}${encodeURI(path)}`;
}

/** An address of a file becomes the path that people know. */
export const placeOf = (url: string) => decodeURI(url.replace(/^file:\/\//, ""));

interface Props { project: string; environment?: Environment; first: boolean; onExport: () => void; onDone: (saved: string | null) => void }

export function EnvironmentForm({ project, environment, first, onExport, onDone }: Props) {
  const [name, setName] = useState(environment?.name ?? (first ? "production" : ""));
  const [place, setPlace] = useState(environment ? placeOf(environment.url) : "");
  const [publicUrl, setPublicUrl] = useState(environment?.public_url ?? "");
  const save = useMutation({
    mutationFn: () => request(urls.environment(project, name.trim()), { method: "PUT", body: { url: toUrl(place), public_url: publicUrl.trim() } }),
    onSuccess: async () => { await queryClient.invalidateQueries({ queryKey: ["project"] }); onDone(name.trim()); },
  });
  const ready = name.trim() !== "" && place.trim() !== "";
  return (
    <form className={styles["panel"]} onSubmit={(event) => { event.preventDefault(); if (ready) save.mutate(); }}>
      {first && <p>Tell ACCID once where the site goes. It writes only what changed, all or nothing, and touches no file that is not its own.</p>}
      <TextField label="Name" required pattern="[a-z0-9]+(-[a-z0-9]+)*" disabled={environment !== undefined} value={name} onChange={(event) => setName(event.target.value)} help="Such as production or staging." />
      <TextField label="Folder" required autoFocus placeholder="/home/ada/public_html" value={place} onChange={(event) => setPlace(event.target.value)} help="A full path on this machine, such as the folder your web server shows." />
      <TextField label="Public address" type="url" placeholder="https://example.org/" value={publicUrl} onChange={(event) => setPublicUrl(event.target.value)} help="Where visitors see it, if you know it already." />
      {save.error && <ErrorNote error={save.error} />}
      <div className={styles["actions"]}>
        {first ? <Button kind="ghost" onClick={onExport}>No folder yet: only export it</Button> : <Button onClick={() => onDone(null)}>Cancel</Button>}
        <Button kind="primary" type="submit" busy={save.isPending} disabled={!ready}>Save this place</Button>
      </div>
    </form>
  );
}
