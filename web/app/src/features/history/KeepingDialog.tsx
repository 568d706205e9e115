// How much of a history is kept: the space it takes, the rules with what they would do, and the way out to git.
import { request } from "@accid/api-client/client";
import type { HistorySpace, RetentionRules, RetentionState, Thinning } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { SwitchField, TextField } from "@accid/ui/Field";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { toast } from "../../shared/announce.ts";
import { formatBytes, formatCount, formatDay } from "../../shared/format.ts";
import { refreshProjects } from "../../shared/queries.ts";
import { GitExport } from "./GitExport.tsx";
import styles from "./Keeping.module.css";
import { describe } from "./VersionList.tsx";

const names: Record<string, string> = { "accid_blotter.json": "Settings", pages: "Pages", photos: "Photos", albums: "Albums", stories: "Stories", tracks: "Routes", trash: "Trash", builds: "Builds" };
const fields: { name: keyof RetentionRules; label: string; min: number; max: number; help?: string }[] = [
  { name: "automatic", label: "Newest automatic versions", min: 1, max: 10_000 },
  { name: "daily_days", label: "Days with the last version of each", min: 0, max: 36_500 },
  { name: "max_days", label: "Oldest, in days", min: 0, max: 36_500, help: "0 for no limit." },
  { name: "max_megabytes", label: "Largest size, in MB", min: 0, max: 1_000_000, help: "0 for no limit." },
];
const zero: RetentionRules = { automatic: 10, daily_days: 30, max_days: 0, max_megabytes: 0 };

function Space({ space }: { space: HistorySpace }) {
  const all = Object.entries(space.collections).sort((a, b) => b[1] - a[1]);
  const sum = Math.max(1, all.reduce((total, [, bytes]) => total + bytes, 0));
  return (
    <section className={styles["part"]}>
      <h3>Space</h3>
      <p>{formatCount(space.versions, "version")} in {formatBytes(space.bytes)}{space.oldest && <>, back to {formatDay(space.oldest)}</>}. Pictures are kept once, beside it.{space.originals_to_free.files > 0 && ` Thinning out now would free ${formatBytes(space.originals_to_free.bytes)} of pictures that nothing uses any more.`}</p>
      <div className={styles["bar"]} aria-hidden="true">{all.map(([name, bytes]) => <span key={name} style={{ flexGrow: bytes / sum }} />)}</div>
      <ul className={styles["shares"]}>{all.slice(0, 6).map(([name, bytes]) => <li key={name}><i aria-hidden="true" />{names[name] ?? name} <span>{formatBytes(bytes)}</span></li>)}</ul>
    </section>
  );
}

function Preview({ planned }: { planned: Thinning }) {
  const pictures = planned.originals.files > 0 && ` ${formatCount(planned.originals.files, "picture")} that nothing uses any more would go too: ${formatBytes(planned.originals.bytes)}.`;
  if (planned.going === 0) return <p className={styles["preview"]} role="status">By these rules no version has to go now.{pictures}</p>;
  return (
    <div className={styles["preview"]} role="status">
      <p><strong>{formatCount(planned.going, "version")} of {planned.going + planned.versions}</strong> would go: {formatBytes(planned.before_bytes)} become {formatBytes(planned.after_bytes)}.{pictures}</p>
      <ul>{planned.goes.slice(0, 4).map((one) => <li key={one.id}>{formatDay(one.at)}: {describe(one)}</li>)}{planned.going > 4 && <li>…</li>}</ul>
    </div>
  );
}

function Rules({ project, state, onClose }: { project: string; state: RetentionState; onClose: () => void }) {
  const may = useMay()("keep-history");
  const [own, setOwn] = useState(state.own);
  const [draft, setDraft] = useState<RetentionRules>({ ...zero, ...state.rules });
  const rules = own ? draft : { ...zero, ...state.settings };
  const asked = useDeferredValue(rules);
  const isWhole = fields.every(({ name, min, max }) => asked[name] >= min && asked[name] <= max);
  const planned = useQuery({
    queryKey: ["project", project, "thinning", asked], enabled: isWhole, placeholderData: keepPreviousData,
    queryFn: () => request<Thinning>(urls.retentionPreview(project, asked)),
  });
  const save = () => request<RetentionState>(urls.retention(project), own ? { method: "PUT", body: draft } : { method: "DELETE" });
  const keep = useMutation({ mutationFn: save, onSuccess: () => { refreshProjects(); toast("The rules are kept.", { tone: "success" }); onClose(); } });
  const thin = useMutation({
    mutationFn: async () => { await save(); return request<Thinning>(urls.thinOut(project), { method: "POST", body: {} }); },
    onSuccess: (done) => { refreshProjects(); toast(`${formatCount(done.going, "version")} gone; the history takes ${formatBytes(done.after_bytes)}.`, { tone: "success" }); onClose(); },
  });
  return (
    <section className={styles["part"]}>
      <h3>What stays</h3>
      <p>Versions with a name, a note or a pin always stay, and so does everything of the last day. Of the others:</p>
      <form className={styles["form"]} onSubmit={(event) => { event.preventDefault(); keep.mutate(); }}>
        <SwitchField label="Rules of this project's own" checked={own} onChange={setOwn} disabled={!may} help={own ? "They hold for this project only." : "The settings of this ACCID say it."} />
        <fieldset disabled={!own || !may} className={styles["fields"]}>
          {fields.map(({ name, label, min, max, help }) => (
            <TextField key={name} label={label} type="number" required min={min} max={max} help={help} value={Number.isNaN(rules[name]) ? "" : rules[name]} onChange={(event) => setDraft({ ...draft, [name]: event.target.valueAsNumber })} />
          ))}
        </fieldset>
        {planned.isPending && isWhole && <Skeleton height={44} />}
        {planned.data && isWhole && <Preview planned={planned.data} />}
        {(keep.error ?? thin.error ?? planned.error) && <ErrorNote error={keep.error ?? thin.error ?? planned.error} />}
        {may && (
          <div className={styles["acts"]}>
            {planned.data && (planned.data.going > 0 || planned.data.originals.files > 0) && <Button kind="danger" busy={thin.isPending} onClick={() => thin.mutate()}>Let {planned.data.going > 0 ? formatCount(planned.data.going, "version") : formatCount(planned.data.originals.files, "picture")} go now</Button>}
            <Button kind="primary" type="submit" busy={keep.isPending} disabled={!isWhole}>Save the rules</Button>
          </div>
        )}
      </form>
    </section>
  );
}

export function KeepingDialog({ project, onClose }: { project: string; onClose: () => void }) {
  const may = useMay();
  const state = useQuery({ queryKey: ["project", project, "retention"], queryFn: () => request<RetentionState>(urls.retention(project)), staleTime: 0 });
  const space = useQuery({ queryKey: ["project", project, "history-space"], queryFn: () => request<HistorySpace>(urls.historySpace(project)), staleTime: 0 });
  return (
    <Dialog title="Keeping the history" size="medium" onClose={onClose}>
      <div className={styles["parts"]}>
        {(state.error ?? space.error) && <ErrorNote error={state.error ?? space.error} />}
        {space.isPending ? <Skeleton height={90} /> : space.data && <Space space={space.data} />}
        {state.isPending ? <Skeleton height={220} /> : state.data && <Rules project={project} state={state.data} onClose={onClose} />}
        {may("keep-history") && <GitExport project={project} />}
      </div>
    </Dialog>
  );
}
