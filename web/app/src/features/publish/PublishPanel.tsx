// Publishing: which environment, what would change, how far it is, and where to look at it.
import { request } from "@accid/api-client/client";
import type { Environment, Project, Published, PublishPlan } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { EmptyState, ErrorNote, Progress, Skeleton } from "@accid/ui/Feedback";
import { useMutation, useQuery } from "@tanstack/react-query";
import { CircleCheck, Eye, ListChecks, Rocket, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { toastError } from "../../shared/announce.ts";
import { formatBytes, formatCount } from "../../shared/format.ts";
import { queries, queryClient } from "../../shared/queries.ts";
import { StopButton } from "../../shared/StopButton.tsx";
import { useJob } from "../../shared/useJob.ts";
import { nameOf } from "./address.ts";
import { EnvironmentForm } from "./EnvironmentForm.tsx";
import { EnvironmentList } from "./EnvironmentList.tsx";
import { Plan } from "./Plan.tsx";
import styles from "./Publish.module.css";
import { Releases } from "./Releases.tsx";
import { LockNote, TroubleNote } from "./TroubleNote.tsx";

const whereIs = { folder: "Open its index.html in a file browser:", archive: "The zip file to hand in:", ftp: "It is at", ftps: "It is at", sftp: "It is at", unknown: "It is at" } as const;

const unlike = { altered: "The host changes it.", earlier: "Visitors may still see the release before.", other: "Visitors see something else.", nothing: "Visitors see nothing yet." } as const;

function Result({ result, environment }: { result: Published; environment: Environment }) {
  const url = environment.public_url || result.url;
  const isFile = !/^https?:/.test(url);
  const { seen } = result;
  return (
    <div className={styles["result"]} role="status" data-published={result.release}>
      <p><CircleCheck aria-hidden="true" /> {result.uploaded + result.removed === 0 ? "Everything was already there." : `Published: ${formatCount(result.uploaded, "file")} written, ${result.removed} removed, ${formatBytes(result.bytes)}.`}</p>
      {isFile ? <p className={styles["path"]}>{whereIs[environment.kind]} <code>{nameOf(url)}</code></p> : <p><a href={url} target="_blank" rel="noreferrer">Look at {url}</a></p>}
      {seen?.sight === "published" && <p><Eye aria-hidden="true" /> Looked at as a visitor: {seen.message}</p>}
      {seen && seen.sight !== "published" && <p className={styles["unlike"]} data-seen={seen.sight}><TriangleAlert aria-hidden="true" /><span><strong>{unlike[seen.sight]}</strong> {seen.message}</span></p>}
    </div>
  );
}

export function PublishPanel({ project, onExport }: { project: Project; onExport: () => void }) {
  const may = useMay();
  const environments = useQuery({ ...queries.environments(project.slug), staleTime: 0 });
  const [name, setName] = useState<string | null>(null);
  const [editing, setEditing] = useState<Environment | "new" | null>(null);
  const { job, stopping, start, cancel } = useJob<Published>();
  const list = environments.data ?? [];
  const chosen = list.find((one) => one.name === name) ?? list[0];
  const plan = useMutation({ mutationFn: (to: string) => request<PublishPlan>(urls.publish(project.slug, to), { body: { dry_run: true } }) });
  const fresh = () => void queryClient.invalidateQueries({ queryKey: ["project"] });
  const publish = useMutation({
    mutationFn: ({ to, release }: { to: string; release?: string }) => (release ? start(urls.rollback(project.slug, to), { release }) : start(urls.publish(project.slug, to), {})),
    onMutate: () => plan.reset(), onSettled: fresh,
  });
  const clear = () => { plan.reset(); publish.reset(); };
  const remove = useMutation({
    mutationFn: (one: string) => request(urls.environment(project.slug, one), { method: "DELETE" }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ["project"] }), onError: toastError,
  });
  const choose = (next: string) => { setName(next); clear(); };
  if (environments.isPending) return <Skeleton height={160} />;
  if (list.length === 0 && !environments.error && !may("set-environment")) {
    return <EmptyState icon={<Rocket />} title="Nowhere to publish to yet"><p>The owner of this ACCID says where the site goes. Until then you can export it to a folder.</p></EmptyState>;
  }
  if (editing !== null || (list.length === 0 && !environments.error)) {
    return <EnvironmentForm project={project.slug} {...(editing && editing !== "new" ? { environment: editing } : {})} first={list.length === 0} onExport={onExport}
      onDone={(saved) => { setEditing(null); if (saved) choose(saved); }} />;
  }
  return (
    <div className={styles["panel"]}>
      {environments.error && <ErrorNote error={environments.error} />}
      <EnvironmentList list={list} chosen={chosen?.name} onChoose={choose} onEdit={setEditing} onRemove={(one) => remove.mutate(one)} />
      {chosen?.login && chosen.login !== "agent" && <LockNote onOpen={clear} />}
      {chosen && <TroubleNote project={project.slug} environment={chosen.name} error={plan.error ?? publish.error} onEdit={() => setEditing(chosen)} onDone={clear} />}
      {plan.data && <Plan plan={plan.data} />}
      {publish.isPending && <Progress label={job?.message || "Publishing…"} done={job?.done ?? 0} total={job?.total ?? 0} />}
      {publish.data && chosen && !publish.isPending && <Result result={publish.data} environment={chosen} />}
      <div className={styles["actions"]}>
        {publish.isPending
          ? <StopButton stopping={stopping} onStop={cancel} />
          : <Button icon={<ListChecks />} busy={plan.isPending} disabled={!chosen} onClick={() => { if (chosen) plan.mutate(chosen.name); }}>See what would change</Button>}
        <Button kind="primary" icon={<Rocket />} busy={publish.isPending} disabled={!chosen} onClick={() => { if (chosen) publish.mutate({ to: chosen.name }); }}>Publish now</Button>
      </div>
      {chosen?.last && may("roll-back") && <Releases key={chosen.name} project={project.slug} environment={chosen.name} busy={publish.isPending} onBack={(release) => publish.mutate({ to: chosen.name, release })} />}
    </div>
  );
}
