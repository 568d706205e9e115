// Where backups go, how they are encrypted, when they are made and how many are kept.
import { request } from "@accid/api-client/client";
import type { Backup, BackupPlace } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote } from "@accid/ui/Feedback";
import { SelectField, TextArea, TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { toast } from "../../shared/announce.ts";
import styles from "./Backup.module.css";
import { kindOf, loginOf, noSecrets, type Secrets } from "./place.ts";

const times = [{ value: "never", title: "Only when I ask" }, { value: "hourly", title: "Every hour" }, { value: "daily", title: "Every day" }, { value: "weekly", title: "Every week" }, { value: "monthly", title: "Every thirty days" }];
const ways = [{ value: "password", title: "A password" }, { value: "key", title: "A private key" }, { value: "agent", title: "The SSH agent of this machine" }];

function SignIn({ url, kept, secrets, onChange }: { url: string; kept: boolean; secrets: Secrets; onChange: (secrets: Secrets) => void }) {
  const set = (changes: Partial<Secrets>) => onChange({ ...secrets, ...changes });
  const kind = kindOf(url);
  if (kind === "folder" || kind === null) return null;
  const stays = kept ? "Empty: what is kept stays." : "It is kept sealed on this machine.";
  if (kind === "object-storage") return <TextField label="Secret access key" type="password" autoComplete="new-password" required={!kept} value={secrets.login} onChange={(event) => set({ login: event.target.value })} help={stays} />;
  return (
    <>
      <SelectField label="Sign in with" value={secrets.way} options={ways} onChange={(event) => set({ way: event.target.value as Secrets["way"] })} />
      {secrets.way === "password" && <TextField label="Password of the server" type="password" autoComplete="new-password" required={!kept} value={secrets.login} onChange={(event) => set({ login: event.target.value })} help={stays} />}
      {secrets.way === "key" && <TextArea label="Private key" rows={4} spellCheck={false} required={!kept} placeholder="-----BEGIN OPENSSH PRIVATE KEY-----" value={secrets.key} onChange={(event) => set({ key: event.target.value })} help={stays} />}
    </>
  );
}

export function PlaceForm({ place, onClose }: { place: BackupPlace | undefined; onClose: () => void }) {
  const form = useId();
  const [url, setUrl] = useState(place?.url ?? "");
  const [secrets, setSecrets] = useState<Secrets>(noSecrets(place?.login ?? undefined));
  const [schedule, setSchedule] = useState<string>(place?.schedule ?? "daily");
  const [drill, setDrill] = useState<string>(place?.drill ?? "monthly");
  const [keep, setKeep] = useState({ daily: place?.keep.daily ?? 14, weekly: place?.keep.weekly ?? 8, monthly: place?.keep.monthly ?? 12 });
  const same = place !== undefined && place.url === url.trim();
  const save = useMutation({
    mutationFn: () => request<Backup>(urls.backup, { method: "PUT", body: { url: url.trim(), ...(secrets.password ? { password: secrets.password } : {}), ...loginOf(url, secrets), schedule, drill, keep } }),
    onSuccess: () => { toast("The place for backups is set.", { tone: "success" }); onClose(); },
  });
  const forget = useMutation({ mutationFn: () => request(urls.backup, { method: "DELETE" }), onSuccess: () => { toast("The place is forgotten. The backups stay there."); onClose(); } });
  const count = (name: keyof typeof keep, label: string) => (
    <TextField label={label} type="number" min={0} max={10_000} required value={keep[name]} onChange={(event) => setKeep({ ...keep, [name]: Number(event.target.value) })} />
  );
  return (
    <Dialog title={place ? "Settings of the backup" : "A place for backups"} size="medium" onClose={onClose} footer={
      <>
        {place && <Button busy={forget.isPending} onClick={() => forget.mutate()}>Forget this place</Button>}
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="primary" type="submit" form={form} busy={save.isPending}>Save</Button>
      </>
    }>
      <form id={form} className={styles["form"]} onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
        <TextField label="Address" required value={url} spellCheck={false} placeholder="file:///media/stick/backup" onChange={(event) => setUrl(event.target.value)} help="A folder as `file:///media/stick/backup`, a server as `sftp://name@host/folder`, cloud storage as `s3://ACCESS-KEY@host/bucket/folder`." />
        <TextField label="Password of the backup" type="password" autoComplete="new-password" minLength={8} required={!place?.has_password} value={secrets.password} onChange={(event) => setSecrets({ ...secrets, password: event.target.value })}
          help={place?.has_password ? "Empty: the one that is kept stays." : "Write it down where you find it without this machine: nobody can open the backup without it, and nobody can look it up."} />
        <SignIn url={url} kept={same && Boolean(place?.login)} secrets={secrets} onChange={setSecrets} />
        <div className={styles["pair"]}>
          <SelectField label="Make a backup" options={times} value={schedule} onChange={(event) => setSchedule(event.target.value)} />
          <SelectField label="Try a restore" options={times.filter(({ value }) => value !== "hourly")} value={drill} onChange={(event) => setDrill(event.target.value)} />
        </div>
        <fieldset className={styles["keep"]}><legend>Keep the last backup of each of so many</legend><div className={styles["trio"]}>{count("daily", "Days")}{count("weekly", "Weeks")}{count("monthly", "Months")}</div></fieldset>
        {(save.error ?? forget.error) && <ErrorNote error={save.error ?? forget.error} />}
      </form>
    </Dialog>
  );
}
