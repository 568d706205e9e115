// Words to find a project by.
import { request } from "@accid/api-client/client";
import type { Project } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { Badge, ErrorNote } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { refreshProjects } from "../../shared/queries.ts";
import { parseTags } from "./arrange.ts";
import styles from "./Dashboard.module.css";

export function TagsDialog({ project, known, onClose }: { project: Project; known: string[]; onClose: () => void }) {
  const [text, setText] = useState(project.tags.join(", "));
  const tags = parseTags(text);
  const others = known.filter((tag) => !tags.includes(tag)).slice(0, 12);
  const save = useMutation({
    mutationFn: () => request<Project>(urls.project(project.id), { method: "PUT", body: { tags }, ifMatch: project.etag }),
    onSuccess: () => { refreshProjects(); onClose(); },
  });
  return (
    <Dialog title={`Tags of ${project.name}`} onClose={onClose}>
      <form className={styles["form"]} onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
        <TextField label="Tags" autoFocus placeholder="client, sailing" value={text} onChange={(event) => setText(event.target.value)} help="Separated by commas." />
        {others.length > 0 && (
          <div className={styles["others"]} role="group" aria-label="Tags of other projects">
            {others.map((tag) => <button key={tag} type="button" onClick={() => setText([...tags, tag].join(", "))} aria-label={`Add the tag ${tag}`}><Badge>+ {tag}</Badge></button>)}
          </div>
        )}
        {save.error && <ErrorNote error={save.error} />}
        <Button kind="primary" type="submit" busy={save.isPending}>Save tags</Button>
      </form>
    </Dialog>
  );
}
