// The tools of other processes and machines that hand their projects to this Vault.
import { request } from "@accid/api-client/client";
import type { Paired, Pairing } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Badge, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Copy, Link2, Unlink } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { toast, toastError } from "../../shared/announce.ts";
import { formatAgo, formatCount } from "../../shared/format.ts";
import { queries, queryClient } from "../../shared/queries.ts";
import styles from "./Settings.module.css";
import { SettingsPart } from "./SettingsPart.tsx";

const fresh = () => void queryClient.invalidateQueries({ queryKey: ["pairings"] });

function Tool({ pairing }: { pairing: Pairing }) {
  const may = useMay();
  const remove = useMutation({
    mutationFn: () => request(urls.pairing(pairing.id), { method: "DELETE" }),
    onSuccess: () => { fresh(); toast(`“${pairing.name}” is not paired any more. What it handed over stays.`); }, onError: toastError,
  });
  return (
    <li>
      <div className={styles["words"]}>
        <strong>{pairing.name}</strong>
        <p>{formatCount(pairing.projects, "project")} kept here · {pairing.seen_at ? `heard of ${formatAgo(pairing.seen_at)}` : `paired ${formatAgo(pairing.made_at)}`}</p>
      </div>
      <Badge tone={pairing.present ? "success" : "plain"}>{pairing.present ? "There" : "Away"}</Badge>
      {may("pair-tool") && <Button icon={<Unlink />} busy={remove.isPending} aria-label={`End the pairing with ${pairing.name}`} onClick={() => remove.mutate()}>End</Button>}
    </li>
  );
}

function Token({ paired }: { paired: Paired }) {
  const copy = () => void navigator.clipboard.writeText(paired.token).then(() => toast("Copied.", { tone: "success" }), toastError);
  return (
    <div className={styles["token"]} role="status">
      <p><strong>The token of “{paired.pairing.name}”.</strong> It is shown this once. Enter it in the settings of that tool, with the address of this Vault.</p>
      <code>{paired.token}</code>
      <div><Button icon={<Copy />} onClick={copy}>Copy the token</Button></div>
    </div>
  );
}

export function PairingsPanel() {
  const may = useMay()("pair-tool");
  const pairings = useQuery(queries.pairings());
  const [name, setName] = useState("");
  const pair = useMutation({
    mutationFn: () => request<Paired>(urls.pairings, { body: { name } }),
    onSuccess: () => { fresh(); setName(""); },
  });
  return (
    <SettingsPart title="Other machines" about="A Builder or Waypoint elsewhere can hand its projects to this Vault, which keeps their history and publishes them. For tools of other machines, start the Vault with --host 0.0.0.0.">
      {pairings.error && <ErrorNote error={pairings.error} />}
      {pairings.isPending && <Skeleton height={60} />}
      {pairings.data?.length === 0 && <p className={styles["quiet"]}>No tool is paired yet.</p>}
      {pairings.data && pairings.data.length > 0 && <ul className={styles["rows"]}>{pairings.data.map((one) => <Tool key={one.id} pairing={one} />)}</ul>}
      {pair.data && <Token paired={pair.data} />}
      {may && (
        <form className={styles["inline"]} onSubmit={(event) => { event.preventDefault(); pair.mutate(); }}>
          <TextField label="Name of the tool" required maxLength={100} value={name} placeholder="Builder on the laptop" onChange={(event) => setName(event.target.value)} />
          <Button type="submit" icon={<Link2 />} busy={pair.isPending}>Pair a tool</Button>
        </form>
      )}
      {pair.error && <ErrorNote error={pair.error} />}
    </SettingsPart>
  );
}
