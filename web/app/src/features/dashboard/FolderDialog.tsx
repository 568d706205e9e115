// Opens a project in a folder of this machine, finds one again that was moved, or moves one to another place.
import { request } from "@accid/api-client/client";
import type { Project } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "../../shared/announce.ts";
import { queryClient, refreshProjects } from "../../shared/queries.ts";
import styles from "./Dashboard.module.css";

/** What is asked for, and where the answer goes. */
export interface Asking { title: string; label: string; help: string; button: string; url: string; start: string; done: (project: Project) => string }

export function FolderDialog({ asking, onClose }: { asking: Asking; onClose: () => void }) {
  const [path, setPath] = useState(asking.start);
  const send = useMutation({
    mutationFn: () => request<Project>(asking.url, { body: { path: path.trim() } }),
    onSuccess: (project) => {
      refreshProjects();
      void queryClient.invalidateQueries({ queryKey: ["opened-folders"] });
      toast(asking.done(project), { tone: "success" });
      onClose();
    },
  });
  const submit = (event: React.FormEvent) => { event.preventDefault(); if (path.trim()) send.mutate(); };
  return (
    <Dialog title={asking.title} onClose={onClose}>
      <form className={styles["form"]} onSubmit={submit}>
        <TextField label={asking.label} autoFocus required spellCheck={false} placeholder="/home/ada/boats" value={path} onChange={(event) => setPath(event.target.value)} help={asking.help} />
        {send.error && <ErrorNote error={send.error} />}
        <Button kind="primary" type="submit" busy={send.isPending} disabled={!path.trim()}>{asking.button}</Button>
      </form>
    </Dialog>
  );
}
