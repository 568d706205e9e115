// Passwords and keys of hosts: what protects them, locking and unlocking, another passphrase. None of them is ever shown.
import { request } from "@accid/api-client/client";
import type { CredentialsState } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Choice } from "@accid/ui/Choice";
import { Badge, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { FileKey2, KeyRound, Lock, LockOpen, Vault } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { toast } from "../../shared/announce.ts";
import { queries, queryClient } from "../../shared/queries.ts";
import styles from "./Settings.module.css";
import { SettingsPart } from "./SettingsPart.tsx";

const protectors = [
  { name: "key-file", title: "A file on this machine", Icon: FileKey2, about: "Nothing to remember: whoever can read your files can publish." },
  { name: "passphrase", title: "A passphrase", Icon: KeyRound, about: "Entered after each start. Without it nobody can publish, and nobody can bring it back." },
  { name: "keyring", title: "The keyring of this system", Icon: Vault, about: "Opens when you sign in to your desktop." },
] as const;
type Protector = (typeof protectors)[number]["name"];

/** Whether services can be used hangs on the lock, too. */
const fresh = () => { for (const key of ["credentials", "services", "dropbox"]) void queryClient.invalidateQueries({ queryKey: [key] }); };
const change = (url: string, body: Record<string, string>, method: "POST" | "PUT" = "POST") => request<CredentialsState>(url, { method, body });

function Unlock({ asks }: { asks: boolean }) {
  const [passphrase, setPassphrase] = useState("");
  const unlock = useMutation({ mutationFn: () => change(urls.unlock, asks ? { passphrase } : {}), onSuccess: () => { setPassphrase(""); fresh(); toast("Passwords and keys are open.", { tone: "success" }); } });
  return (
    <form className={styles["open"]} onSubmit={(event) => { event.preventDefault(); unlock.mutate(); }}>
      {asks && <TextField label="Passphrase" type="password" autoComplete="current-password" value={passphrase} onChange={(event) => setPassphrase(event.target.value)} />}
      {unlock.error && <ErrorNote error={unlock.error} />}
      <div className={styles["actions"]}><Button kind="primary" type="submit" icon={<LockOpen />} busy={unlock.isPending} disabled={asks && passphrase === ""}>Unlock</Button></div>
    </form>
  );
}

/** What protects them from now on. */
function ProtectForm({ now, noKeyring }: { now: string | null | undefined; noKeyring: string | null | undefined }) {
  const [by, setBy] = useState<Protector>((now as Protector | null | undefined) ?? "key-file");
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const protect = useMutation({
    mutationFn: () => change(urls.protection, by === "passphrase" ? { by, passphrase } : { by }, "PUT"),
    onSuccess: () => { setPassphrase(""); setAgain(""); fresh(); toast("Passwords and keys are protected so from now on.", { tone: "success" }); },
  });
  const asks = by === "passphrase";
  const differs = asks && again !== "" && again !== passphrase;
  const ready = asks ? passphrase.length >= 8 && again === passphrase : by !== now;
  return (
    <form className={styles["open"]} onSubmit={(event) => { event.preventDefault(); if (ready) protect.mutate(); }}>
      <fieldset>
        <legend className={styles["legend"]}>Protected by</legend>
        <div className={styles["themes"]}>
          {protectors.filter(({ name }) => name !== "keyring" || !noKeyring).map(({ name, title, Icon, about }) => (
            <Choice key={name} group="protector" value={name} chosen={by === name} onChoose={() => setBy(name)} icon={<Icon aria-hidden="true" />} title={title} about={about} />
          ))}
        </div>
        {noKeyring && <p className={styles["hint"]}>The keyring of this system cannot be chosen: {noKeyring}</p>}
      </fieldset>
      {asks && (
        <div className={styles["pair"]}>
          <TextField label={now === "passphrase" ? "New passphrase" : "Passphrase"} type="password" autoComplete="new-password" minLength={8} value={passphrase} onChange={(event) => setPassphrase(event.target.value)} help="At least eight characters; four words are good." />
          <TextField label="The same again" type="password" autoComplete="new-password" value={again} onChange={(event) => setAgain(event.target.value)} {...(differs ? { error: "This is not the same." } : {})} />
        </div>
      )}
      {protect.error && <ErrorNote error={protect.error} />}
      <div className={styles["actions"]}><Button type="submit" busy={protect.isPending} disabled={!ready}>{asks && now === "passphrase" ? "Change the passphrase" : "Protect them so"}</Button></div>
    </form>
  );
}

const words = { unused: ["plain", "None entered yet"], open: ["success", "Open"], locked: ["accent", "Locked"] } as const;

export function CredentialsPanel() {
  const may = useMay();
  const { data, error, isPending } = useQuery({ ...queries.credentials(), retry: false });
  const lock = useMutation({ mutationFn: () => change(urls.lock, {}), onSuccess: fresh });
  return (
    <SettingsPart title="Passwords and keys" about="What signs in to your web hosts is kept encrypted. It is in no version, no export, no log, and never shown again.">
      {error && <ErrorNote error={error} />}
      {isPending && <Skeleton height={80} />}
      {data && (
        <>
          <div className={styles["actions"]}>
            <span role="status"><Badge tone={words[data.state][0]}>{words[data.state][1]}</Badge> {data.state === "locked" ? "Publishing to servers waits until they are unlocked; everything else goes on." : data.state === "unused" ? "They are entered where a site is published to." : ""}</span>
            {data.state === "open" && may("unlock-credentials") && <Button kind="ghost" icon={<Lock />} busy={lock.isPending} onClick={() => lock.mutate()}>Lock now</Button>}
          </div>
          {lock.error && <ErrorNote error={lock.error} />}
          {data.state === "locked" && (may("unlock-credentials") ? <Unlock asks={data.protected_by === "passphrase"} /> : <p className={styles["hint"]}>The owner of this ACCID can unlock them.</p>)}
          {data.state !== "locked" && may("protect-credentials") && <ProtectForm key={data.protected_by ?? "none"} now={data.protected_by} noKeyring={data.no_keyring} />}
        </>
      )}
    </SettingsPart>
  );
}
