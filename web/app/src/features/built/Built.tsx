// A project that stands for a folder: its build command, the owner's word for it, what it writes while it runs, and what
// was built last.
import { request } from "@accid/api-client/client";
import type { BuildCommand, Project } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { EmptyState, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Hammer, PackageCheck, PencilLine, ShieldQuestion, Square } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useMay } from "../../shared/abilities.ts";
import { toast } from "../../shared/announce.ts";
import { formatAgo, formatBytes, formatCount } from "../../shared/format.ts";
import { Logo } from "../../shared/Logo.tsx";
import { queries, queryClient, refreshProjects } from "../../shared/queries.ts";
import { Link, paths } from "../../shared/router.tsx";
import { ThemeToggle } from "../../shared/ThemeToggle.tsx";
import { BuildLog } from "./BuildLog.tsx";
import styles from "./Built.module.css";
import { CommandForm } from "./CommandForm.tsx";
import { useBuild } from "./useBuild.ts";

function Shown({ command }: { command: BuildCommand }) {
  return (
    <dl className={styles["facts"]}>
      <div><dt>Command</dt><dd><code>{command.line}</code></dd></div>
      <div><dt>Runs in</dt><dd><code>{command.folder}</code></dd></div>
      <div><dt>Writes</dt><dd><code>{command.output}</code></dd></div>
      <div><dt>May take</dt><dd>{formatCount(command.minutes, "minute")}</dd></div>
    </dl>
  );
}

function Last({ command }: { command: BuildCommand }) {
  const built = command.built;
  if (!built) return <EmptyState icon={<Hammer />} title="Not built yet"><p>Build it, and what the command writes becomes a version: you can publish it, and go back to any earlier one.</p></EmptyState>;
  return (
    <section className={styles["panel"]} aria-labelledby="built-last">
      <h2 id="built-last"><PackageCheck aria-hidden="true" />Built <time dateTime={built.at} title={new Date(built.at).toLocaleString()}>{formatAgo(built.at)}</time></h2>
      <p>{formatCount(built.files, "file")}, {formatBytes(built.bytes)}, in {Math.max(1, Math.round(built.seconds))} s. Publishing sends these files; it runs no command.</p>
    </section>
  );
}

export function Built({ project, actions }: { project: Project; actions: ReactNode }) {
  const may = useMay();
  const found = useQuery(queries.buildCommand(project.id));
  const [editing, setEditing] = useState(false);
  const work = useBuild();
  const command = found.data;
  const refresh = () => { void queryClient.invalidateQueries({ queryKey: queries.buildCommand(project.id).queryKey }); refreshProjects(); };
  const build = useMutation({
    mutationFn: () => work.start(urls.build(project.id)),
    onSuccess: (result) => toast(`Built: ${formatCount(result.files, "file")}.`, { tone: "success" }),
    onSettled: refresh,
  });
  const approve = useMutation({
    mutationFn: () => request<BuildCommand>(urls.approveBuild(project.id), { body: { fingerprint: command?.fingerprint ?? "" } }),
    onSuccess: () => { refresh(); build.mutate(); },
    onError: refresh,
  });
  const isNamed = Boolean(command?.line);
  const form = command && (editing || !isNamed) && may("set-build");
  return (
    <div className={styles["view"]}>
      <header className={styles["bar"]}>
        <a href="#content" className={styles["skip"]}>Skip to content</a>
        <Link to={paths.dashboard} className={styles["home"]} aria-label="All projects" title="All projects"><Logo size={24} /></Link>
        <h1>{project.name}</h1>
        <div className={styles["tools"]}><ThemeToggle />{actions}</div>
      </header>
      <main id="content" className={styles["main"]}>
        {found.isPending && <Skeleton height={180} />}
        {found.error && <ErrorNote error={found.error} />}
        {form && <CommandForm project={project.id} command={command} onDone={() => { setEditing(false); refresh(); }} onCancel={isNamed ? () => setEditing(false) : undefined} />}
        {command && isNamed && !form && (
          <section className={styles["panel"]} aria-labelledby="built-command">
            <h2 id="built-command">{command.approved ? <Hammer aria-hidden="true" /> : <ShieldQuestion aria-hidden="true" />}{command.approved ? "Build command" : "Run this command?"}</h2>
            {!command.approved && <p>It runs on this machine with your rights, and was not approved as it stands here. Read it in full; ACCID asks again whenever it changes.</p>}
            <Shown command={command} />
            <div className={styles["buttons"]}>
              {may("set-build") && <Button icon={<PencilLine />} disabled={build.isPending} onClick={() => setEditing(true)}>Change</Button>}
              {build.isPending && <Button kind="danger" icon={<Square />} onClick={work.cancel}>Stop</Button>}
              {!build.isPending && command.approved && may("build") && <Button kind="primary" icon={<Hammer />} onClick={() => build.mutate()}>Build</Button>}
              {!build.isPending && !command.approved && may("approve-build") && <Button kind="primary" icon={<Hammer />} busy={approve.isPending} onClick={() => approve.mutate()}>Yes, run it</Button>}
            </div>
            {approve.error && <ErrorNote error={approve.error} />}
            {build.error && <ErrorNote error={build.error} />}
          </section>
        )}
        {(build.isPending || work.lines.length > 0) && <BuildLog lines={work.lines} running={build.isPending} />}
        {command && isNamed && !form && !build.isPending && <Last command={command} />}
      </main>
    </div>
  );
}
