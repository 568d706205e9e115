// Gives a project another name; its address stays.
import { request } from "@accid/api-client/client";
import type { Project } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "../../shared/announce.ts";
import { refreshProjects } from "../../shared/queries.ts";
import styles from "./Dashboard.module.css";

export function RenameDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const [name, setName] = useState(project.name);
  const rename = useMutation({
    mutationFn: () => request<Project>(urls.project(project.id), { method: "PUT", body: { name: name.trim() }, ifMatch: project.etag }),
    onSuccess: () => { refreshProjects(); toast(`It is called “${name.trim()}” now.`, { tone: "success" }); onClose(); },
  });
  const submit = (event: React.FormEvent) => { event.preventDefault(); if (name.trim()) rename.mutate(); };
  return (
    <Dialog title="Rename project" onClose={onClose}>
      <form className={styles["form"]} onSubmit={submit}>
        <TextField label="Name" autoFocus required value={name} onChange={(event) => setName(event.target.value)}
          help={`Its address in the studio stays ${project.slug}, so links keep working.`} />
        {rename.error && <ErrorNote error={rename.error} />}
        <Button kind="primary" type="submit" busy={rename.isPending} disabled={!name.trim()}>Rename</Button>
      </form>
    </Dialog>
  );
}
