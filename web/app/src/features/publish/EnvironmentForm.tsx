// A place to publish to: a folder of this machine, a server, or an archive to hand in.
import { request } from "@accid/api-client/client";
import type { Environment } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { ErrorNote } from "@accid/ui/Feedback";
import { SelectField, TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { queryClient } from "../../shared/queries.ts";
import { emptyPlace, isServer, isWhole, kinds, toPlace, toUrl, usualPort, type Place, type PlaceKind } from "./address.ts";
import { loginBody, LoginFields, noLogin } from "./LoginFields.tsx";
import styles from "./Publish.module.css";

function ServerFields({ place, onChange }: { place: Place; onChange: (changes: Partial<Place>) => void }) {
  return (
    <>
      <div className={styles["pair"]}>
        <TextField label="Server" required placeholder="example.org" value={place.host} onChange={(event) => onChange({ host: event.target.value })} />
        <TextField label="Port" inputMode="numeric" pattern="[0-9]*" placeholder={usualPort(place.kind)} value={place.port} onChange={(event) => onChange({ port: event.target.value })} />
      </div>
      <TextField label="User name" required value={place.user} onChange={(event) => onChange({ user: event.target.value })} />
      <TextField label="Folder on the server" placeholder="public_html" value={place.folder} onChange={(event) => onChange({ folder: event.target.value })} help="Where the web server looks. Without a slash in front it begins where one signs in." />
      {place.kind === "ftp" && <p className={styles["warning"]} role="note">FTP sends the password and every file without protection: whoever is on the way can read them. Choose FTPS or SFTP if your host has it.</p>}
    </>
  );
}

function PathField({ place, onChange }: { place: Place; onChange: (changes: Partial<Place>) => void }) {
  const folder = place.kind === "folder";
  return (
    <TextField label={folder ? "Folder" : "Zip file"} required autoFocus placeholder={folder ? "/home/ada/public_html" : "/home/ada/site.zip"} value={place.path} onChange={(event) => onChange({ path: event.target.value })}
      help={folder ? "A full path on this machine, such as the folder your web server shows." : "A full path on this machine that ends with .zip. It holds the whole site and is written anew when something changed."} />
  );
}

interface Props { project: string; environment?: Environment; first: boolean; onExport: () => void; onDone: (saved: string | null) => void }

export function EnvironmentForm({ project, environment, first, onExport, onDone }: Props) {
  const [name, setName] = useState(environment?.name ?? (first ? "production" : ""));
  const [place, setPlace] = useState(environment ? toPlace(environment.url) : emptyPlace);
  const [login, setLogin] = useState(noLogin(Boolean(environment?.login)));
  const [publicUrl, setPublicUrl] = useState(environment?.public_url ?? "");
  const change = (changes: Partial<Place>) => setPlace({ ...place, ...changes });
  const save = useMutation({
    mutationFn: async () => {
      await request(urls.environment(project, name.trim()), { method: "PUT", body: { url: toUrl(place), public_url: publicUrl.trim() } });
      const body = isServer(place.kind) ? loginBody(login) : null;
      if (body) await request(urls.credentials(project, name.trim()), { body });
    },
    onSuccess: async () => { await queryClient.invalidateQueries({ queryKey: ["project"] }); await queryClient.invalidateQueries({ queryKey: ["credentials"] }); onDone(name.trim()); },
  });
  const ready = name.trim() !== "" && isWhole(place);
  return (
    <form className={styles["panel"]} onSubmit={(event) => { event.preventDefault(); if (ready) save.mutate(); }}>
      {first && <p>Tell ACCID once where the site goes. It writes only what changed, all or nothing, and touches no file that is not its own.</p>}
      <TextField label="Name" required pattern="[a-z0-9]+(-[a-z0-9]+)*" disabled={environment !== undefined} value={name} onChange={(event) => setName(event.target.value)} help="Such as production or staging." />
      <SelectField label="Kind of place" value={place.kind} options={kinds} onChange={(event) => change({ kind: event.target.value as PlaceKind, port: "" })} />
      {isServer(place.kind) ? <ServerFields place={place} onChange={change} /> : <PathField place={place} onChange={change} />}
      {isServer(place.kind) && <LoginFields login={login} known={environment?.login} keys={place.kind === "sftp"} onChange={setLogin} />}
      <TextField label="Public address" type="url" placeholder="https://example.org/" value={publicUrl} onChange={(event) => setPublicUrl(event.target.value)} help="Where visitors see it, if you know it already. After publishing ACCID looks there whether they see the new pages." />
      {save.error && <ErrorNote error={save.error} />}
      <div className={styles["actions"]}>
        {first ? <Button kind="ghost" onClick={onExport}>No place yet: only export it</Button> : <Button onClick={() => onDone(null)}>Cancel</Button>}
        <Button kind="primary" type="submit" busy={save.isPending} disabled={!ready}>Save this place</Button>
      </div>
    </form>
  );
}
