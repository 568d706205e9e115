// What a person says of a version: a name, a note, a pin. What is said of keeps it for ever.
import { request } from "@accid/api-client/client";
import type { Version } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote } from "@accid/ui/Feedback";
import { SwitchField, TextArea, TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { toast } from "../../shared/announce.ts";
import { refreshProjects } from "../../shared/queries.ts";
import styles from "./History.module.css";

export function MarkDialog({ project, version, onClose }: { project: string; version: Version; onClose: () => void }) {
  const form = useId();
  const wasNamed = version.kind === "named";
  const [name, setName] = useState(wasNamed ? version.message : "");
  const [note, setNote] = useState(version.note ?? "");
  const [pinned, setPinned] = useState(version.pinned);
  const mark = useMutation({
    mutationFn: () => request<Version>(urls.version(project, version.id), { method: "PUT", body: { name: name.trim(), note: note.trim(), pinned } }),
    onSuccess: (marked) => {
      refreshProjects();
      const isKept = marked.kind === "named" || marked.pinned || Boolean(marked.note);
      toast(isKept ? "This version is kept for ever." : "This version is kept as long as the rules say.", { tone: "success" });
      onClose();
    },
  });
  return (
    <Dialog title="About this version" onClose={onClose} footer={<>
      <Button onClick={onClose}>Cancel</Button>
      <Button kind="primary" type="submit" form={form} busy={mark.isPending}>Save</Button>
    </>}>
      <form id={form} className={styles["form"]} onSubmit={(event) => { event.preventDefault(); mark.mutate(); }}>
        <TextField label="Name" autoFocus maxLength={200} placeholder="Before the new colours" value={name} onChange={(event) => setName(event.target.value)} />
        <TextArea label="Note" maxLength={4000} placeholder="What to remember about it" value={note} onChange={(event) => setNote(event.target.value)} />
        <SwitchField label="Pin it" checked={pinned} onChange={setPinned} help="A version with a name, a note or a pin is never thinned out." />
        {mark.error && <ErrorNote error={mark.error} />}
      </form>
    </Dialog>
  );
}
