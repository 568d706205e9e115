// A failure of publishing with what can be done about it: accept another key, unlock, enter a password.
import { request } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { ErrorNote } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { LockKeyhole, ShieldAlert } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { queries, queryClient } from "../../shared/queries.ts";
import styles from "./Publish.module.css";
import { troubleOf, type ShownPin } from "./trouble.ts";

function PinQuestion({ project, environment, pin, onDone }: { project: string; environment: string; pin: ShownPin; onDone: () => void }) {
  const accept = useMutation({
    mutationFn: () => request(urls.pin(project, environment), { method: "PUT", body: { fingerprint: pin.shown } }),
    onSuccess: async () => { await queryClient.invalidateQueries({ queryKey: ["project"] }); onDone(); },
  });
  const thing = pin.kind === "host-key" ? "host key" : "certificate";
  return (
    <section role="alert" className={styles["question"]} aria-labelledby="pin-question">
      <h3 id="pin-question"><ShieldAlert aria-hidden="true" /> The server shows another {thing}</h3>
      <p>Hosts change it now and then; somebody who listens would show another one too. No password was sent. Compare it with what your host says.</p>
      <dl>
        <dt>Known until now</dt><dd><code>{pin.known}</code></dd>
        <dt>Shown now</dt><dd><code>{pin.shown}</code></dd>
      </dl>
      {accept.error && <ErrorNote error={accept.error} />}
      <div className={styles["actions"]}>
        <Button onClick={onDone}>Do not publish</Button>
        <Button kind="danger" busy={accept.isPending} onClick={() => accept.mutate()}>Trust the new {thing}</Button>
      </div>
    </section>
  );
}

/** Shown whenever the credentials are locked and the place needs them. */
export function LockNote({ onOpen }: { onOpen: () => void }) {
  const may = useMay();
  const { data } = useQuery(queries.credentials());
  const [passphrase, setPassphrase] = useState("");
  const unlock = useMutation({
    mutationFn: () => request(urls.unlock, { body: passphrase ? { passphrase } : {} }),
    onSuccess: async () => { setPassphrase(""); for (const key of ["services", "dropbox"]) void queryClient.invalidateQueries({ queryKey: [key] }); await queryClient.invalidateQueries({ queryKey: ["credentials"] }); onOpen(); },
  });
  if (data?.state !== "locked") return null;
  const asks = data.protected_by === "passphrase";
  return (
    <form className={styles["question"]} aria-labelledby="lock-note" onSubmit={(event) => { event.preventDefault(); unlock.mutate(); }}>
      <h3 id="lock-note"><LockKeyhole aria-hidden="true" /> Passwords and keys are locked</h3>
      <p>{may("unlock-credentials") ? "Publishing to servers waits until they are unlocked; everything else goes on." : "The owner of this ACCID can unlock them. Everything else goes on."}</p>
      {may("unlock-credentials") && asks && <TextField label="Passphrase" type="password" autoComplete="current-password" value={passphrase} onChange={(event) => setPassphrase(event.target.value)} />}
      {unlock.error && <ErrorNote error={unlock.error} />}
      {may("unlock-credentials") && <div className={styles["actions"]}><Button kind="primary" type="submit" busy={unlock.isPending} disabled={asks && passphrase === ""}>Unlock</Button></div>}
    </form>
  );
}

interface Props { project: string; environment: string; error: unknown; onEdit: () => void; onDone: () => void }

export function TroubleNote({ project, environment, error, onEdit, onDone }: Props) {
  const may = useMay();
  const trouble = troubleOf(error);
  if (!trouble) return null;
  if (trouble.what === "pin" && may("accept-pin")) return <PinQuestion project={project} environment={environment} pin={trouble.pin} onDone={onDone} />;
  const action = trouble.what === "missing" && may("set-environment") ? <Button onClick={onEdit}>Enter the password or key</Button> : undefined;
  return <ErrorNote error={error} {...(action ? { action } : {})} />;
}
