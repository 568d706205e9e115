// Other processes and machines: a tool's way to its Vault, or the tools that are paired with this Vault.
import { request } from "@accid/api-client/client";
import type { Connection } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Badge, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link2, Link2Off } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { toast, toastError } from "../../shared/announce.ts";
import { formatAgo, formatCount } from "../../shared/format.ts";
import { queries, queryClient } from "../../shared/queries.ts";
import { PairingsPanel } from "./PairingsPanel.tsx";
import styles from "./Settings.module.css";
import { SettingsPart } from "./SettingsPart.tsx";

const states: Record<Connection["state"], { title: string; tone: "plain" | "accent" | "danger" | "success" }> = {
  own: { title: "Part of this program", tone: "success" }, alone: { title: "No Vault", tone: "plain" }, connecting: { title: "Connecting", tone: "plain" },
  connected: { title: "Connected", tone: "success" }, away: { title: "Away", tone: "accent" }, refused: { title: "Not paired", tone: "danger" },
};

function ConnectForm({ connection }: { connection: Connection }) {
  const [url, setUrl] = useState(connection.url);
  const [token, setToken] = useState("");
  const keep = (found: Connection) => queryClient.setQueryData(queries.connection().queryKey, found);
  const connect = useMutation({
    mutationFn: () => request<Connection>(urls.connection, { method: "PUT", body: { url, ...(token ? { token } : {}) } }),
    onSuccess: (found) => { keep(found); setToken(""); if (found.state === "connected") toast("The Vault is connected.", { tone: "success" }); },
  });
  const disconnect = useMutation({
    mutationFn: () => request<Connection>(urls.connection, { method: "DELETE" }),
    onSuccess: (found) => { keep(found); setUrl(""); toast("The Vault is not used any more. What it has stays there."); }, onError: toastError,
  });
  return (
    <form className={styles["form"]} onSubmit={(event) => { event.preventDefault(); connect.mutate(); }}>
      <div className={styles["pair"]}>
        <TextField label="Address of the Vault" type="url" required value={url} placeholder="http://192.168.1.5:9847" onChange={(event) => setUrl(event.target.value)} />
        <TextField label="Token" type="password" value={token} required={connection.url === ""} onChange={(event) => setToken(event.target.value)}
          help={connection.url === "" ? "Made in the Vault: its settings, or `accid vault pair`." : "Left empty, the one that is kept stays."} />
      </div>
      {connect.error && <ErrorNote error={connect.error} />}
      <div className={styles["actions"]}>
        <Button kind="primary" type="submit" icon={<Link2 />} busy={connect.isPending}>{connection.url ? "Connect again" : "Connect"}</Button>
        {connection.url && <Button icon={<Link2Off />} busy={disconnect.isPending} onClick={() => disconnect.mutate()}>Use no Vault</Button>}
      </div>
    </form>
  );
}

export function ConnectionPanel() {
  const may = useMay();
  const connection = useQuery(queries.connection());
  const found = connection.data;
  if (found?.state === "own") return <PairingsPanel />;
  return (
    <SettingsPart title="The Vault" about="It keeps the history of every tool's projects and publishes them. This tool works without it; what it lacks is handed over when it is there.">
      {connection.error && <ErrorNote error={connection.error} />}
      {connection.isPending && <Skeleton height={120} />}
      {found && (
        <>
          <dl className={styles["facts"]}>
            <div><dt>State</dt><dd><Badge tone={states[found.state].tone}>{states[found.state].title}</Badge></dd></div>
            {found.url && <div><dt>Waiting here</dt><dd>{formatCount(found.waiting, "change")}</dd></div>}
            {found.answered_at && <div><dt>Last answer</dt><dd>{formatAgo(found.answered_at)}</dd></div>}
          </dl>
          {found.message && <p className={styles["quiet"]}>{found.message}</p>}
          {found.notes?.map((note) => <p key={note} className={styles["quiet"]}>{note}</p>)}
          {may("connect-vault") && <ConnectForm connection={found} key={found.url} />}
        </>
      )}
    </SettingsPart>
  );
}
