// How this ACCID is: what runs, what it needs, and whether every file on disk is sound.
import { request } from "@accid/api-client/client";
import type { Finding, Repair, RepairProposal, Validation } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Badge, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useMutation, useQuery } from "@tanstack/react-query";
import { ShieldCheck, Wrench } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { formatBytes, formatCount } from "../../shared/format.ts";
import { queries } from "../../shared/queries.ts";
import styles from "./Settings.module.css";
import { SettingsPart } from "./SettingsPart.tsx";

function formatUptime(seconds: number) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min` : `${Math.floor(seconds)} s`;
}

function Findings({ findings }: { findings: Finding[] }) {
  return (
    <ul className={styles["findings"]}>
      {findings.map((finding, index) => (
        <li key={index}><Badge tone={finding.severity === "error" ? "danger" : finding.severity === "warning" ? "accent" : "plain"}>{finding.severity}</Badge>
          <span>{finding.message}{finding.path && <> <code>{finding.path}</code></>}</span></li>
      ))}
    </ul>
  );
}

/** What a repair would do; what is not wanted can be left out. */
function Proposals({ proposals, left, onChange }: { proposals: RepairProposal[]; left: string[]; onChange: (left: string[]) => void }) {
  return (
    <fieldset className={styles["findings"]}>
      <legend className={styles["legend"]}>What a repair would do</legend>
      {proposals.map((one) => (
        <label key={one.id} className={styles["proposal"]}>
          <input type="checkbox" checked={!left.includes(one.id)} onChange={(event) => onChange(event.target.checked ? left.filter((id) => id !== one.id) : [...left, one.id])} />
          <span><code>{one.path}</code> {one.repair}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function HealthPanel() {
  const [left, setLeft] = useState<string[]>([]);
  const may = useMay();
  const health = useQuery(queries.health());
  const performance = useQuery(queries.performance());
  const validate = useMutation({ mutationFn: () => request<Validation>(urls.validate) });
  const found = validate.data;
  const proposals = found?.proposals ?? [];
  const chosen = proposals.map((one) => one.id).filter((id) => !left.includes(id));
  const repair = useMutation({
    mutationFn: () => request<Repair>(urls.repair, { method: "POST", body: { proposals: chosen } }),
    onSuccess: () => { setLeft([]); validate.mutate(); },
  });
  return (
    <SettingsPart title="Health" about="What runs, what it needs, and whether every file on disk is what ACCID wrote.">
      {health.error && <ErrorNote error={health.error} />}
      {health.isPending && <Skeleton height={60} />}
      {health.data && (
        <dl className={styles["facts"]}>
          <div><dt>State</dt><dd><Badge tone="success">{health.data.status === "ok" ? "Well" : health.data.status}</Badge></dd></div>
          <div><dt>Tools</dt><dd>{health.data.roles.map((role) => role.charAt(0).toUpperCase() + role.slice(1)).join(", ")}</dd></div>
          {performance.data && <div><dt>Memory</dt><dd>{formatBytes(performance.data.memory)}</dd></div>}
          {performance.data && <div><dt>Running for</dt><dd>{formatUptime(performance.data.uptime)}</dd></div>}
        </dl>
      )}
      <div className={styles["actions"]}>
        <Button icon={<ShieldCheck />} busy={validate.isPending} onClick={() => validate.mutate()}>Check every file</Button>
        {chosen.length > 0 && may("repair") && <Button icon={<Wrench />} busy={repair.isPending} onClick={() => repair.mutate()}>{chosen.length === proposals.length ? "Repair what can be repaired" : `Repair ${formatCount(chosen.length, "thing")}`}</Button>}
        <a href={urls.docs} className={styles["docs"]}>API documentation</a>
      </div>
      {(validate.error ?? repair.error) && <ErrorNote error={validate.error ?? repair.error} />}
      <div role="status">
        {repair.data && <p>{formatCount(repair.data.repaired.length, "thing")} repaired.</p>}
        {found && found.findings.length === 0 && <p>{formatCount(found.files, "file")} looked at: all sound.</p>}
        {found && found.findings.length > 0 && <p>{formatCount(found.files, "file")} looked at, {formatCount(found.findings.length, "finding")}:</p>}
      </div>
      {found && <Findings findings={found.findings} />}
      {proposals.length > 0 && may("repair") && <Proposals proposals={proposals} left={left} onChange={setLeft} />}
    </SettingsPart>
  );
}
