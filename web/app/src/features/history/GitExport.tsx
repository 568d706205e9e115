// The way out: the whole history as a git repository on this machine, one commit a version.
import { request } from "@accid/api-client/client";
import type { GitExported } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { ErrorNote } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { GitBranch } from "lucide-react";
import { useState } from "react";
import { formatCount } from "../../shared/format.ts";
import styles from "./Keeping.module.css";

export function GitExport({ project }: { project: string }) {
  const [folder, setFolder] = useState("");
  const write = useMutation({ mutationFn: () => request<GitExported>(`${urls.gitExport(project)}?wait=true`, { body: { folder: folder.trim() } }) });
  return (
    <section className={styles["part"]}>
      <h3>Take it along</h3>
      <form className={styles["row"]} onSubmit={(event) => { event.preventDefault(); if (folder.trim()) write.mutate(); }}>
        <TextField label="Folder for a git repository" placeholder="/home/ada/site-history" value={folder} onChange={(event) => setFolder(event.target.value)} help="Each version becomes a commit, for git and every tool that reads it. Pictures and passwords are not in it." />
        <Button type="submit" icon={<GitBranch />} busy={write.isPending} disabled={!folder.trim()}>Write</Button>
      </form>
      {write.error && <ErrorNote error={write.error} />}
      {write.data && <p role="status">{formatCount(write.data.commits, "commit")} written to <code>{write.data.path}</code>.</p>}
    </section>
  );
}
