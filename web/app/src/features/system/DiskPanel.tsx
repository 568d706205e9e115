// What lies on the disk, by project and kind, and giving back what can be made again.
import { request } from "@accid/api-client/client";
import type { Cleaned, Disk } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Eraser } from "lucide-react";
import { useMay } from "../../shared/abilities.ts";
import { toast } from "../../shared/announce.ts";
import { formatBytes } from "../../shared/format.ts";
import { queries, queryClient } from "../../shared/queries.ts";
import styles from "./System.module.css";

const kinds = [
  { name: "originals", title: "Originals" }, { name: "documents", title: "Documents" }, { name: "history", title: "History" },
  { name: "derived", title: "Can be made again" }, { name: "quarantine", title: "Put aside" },
] as const;

function Use({ disk }: { disk: Disk }) {
  const largest = Math.max(1, ...disk.projects.map((project) => project.total));
  return (
    <ul className={styles["use"]}>
      {disk.projects.map((project) => (
        <li key={project.folder}>
          <div className={styles["name"]}><strong>{project.name}</strong><span>{formatBytes(project.total)}</span></div>
          <div className={styles["bar"]} aria-hidden="true" style={{ width: `${Math.max(4, (100 * project.total) / largest)}%` }}>
            {kinds.map(({ name }) => project[name] > 0 && <span key={name} data-kind={name} style={{ flexGrow: project[name] }} />)}
          </div>
          <dl>{kinds.filter(({ name }) => project[name] > 0).map(({ name, title }) => <div key={name}><dt data-kind={name}>{title}</dt><dd>{formatBytes(project[name])}</dd></div>)}</dl>
        </li>
      ))}
    </ul>
  );
}

export function DiskPanel() {
  const may = useMay();
  const disk = useQuery(queries.disk());
  const clean = useMutation({
    mutationFn: () => request<Cleaned>(urls.cleanUp, { method: "POST", body: {} }),
    onSuccess: (cleaned) => {
      void queryClient.invalidateQueries({ queryKey: ["disk"] });
      const busy = cleaned.busy.length > 0 ? ` Left alone, as they are being built: ${cleaned.busy.join(", ")}.` : "";
      toast(`${formatBytes(cleaned.freed)} given back.${busy}`, { tone: "success" });
    },
  });
  const found = disk.data;
  return (
    <section className={styles["part"]} aria-labelledby="disk">
      <h2 id="disk">Disk</h2>
      {disk.error && <ErrorNote error={disk.error} />}
      {disk.isPending && <Skeleton height={160} />}
      {found && (
        <>
          <p className={styles["quiet"]}>{formatBytes(found.total)} in all{found.trash > 0 && `, ${formatBytes(found.trash)} of it in the trash`}.</p>
          {found.projects.length === 0 ? <p className={styles["quiet"]}>There is no project yet.</p> : <Use disk={found} />}
          {may("clean-up") && found.derived > 0 && (
            <div className={styles["actions"]}>
              <Button icon={<Eraser />} busy={clean.isPending} onClick={() => clean.mutate()}>Give back {formatBytes(found.derived)}</Button>
              <p className={styles["quiet"]}>Previews and built sites: they are made again when they are needed. Nothing of yours is removed.</p>
            </div>
          )}
          {clean.error && <ErrorNote error={clean.error} />}
        </>
      )}
    </section>
  );
}
