// Gives the present state a name; named versions are kept for ever.
import { request } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "../../shared/announce.ts";
import { refreshProjects } from "../../shared/queries.ts";
import styles from "./History.module.css";

export function SnapshotDialog({ project, onClose }: { project: string; onClose: () => void }) {
  const [message, setMessage] = useState("");
  const keep = useMutation({
    mutationFn: () => request(urls.snapshot(project), { body: message.trim() ? { message: message.trim() } : {} }),
    onSuccess: () => { refreshProjects(); toast("This version is kept for ever.", { tone: "success" }); onClose(); },
  });
  return (
    <Dialog title="Keep a named version" onClose={onClose}>
      <form className={styles["form"]} onSubmit={(event) => { event.preventDefault(); keep.mutate(); }}>
        <TextField label="What is special about it?" autoFocus placeholder="Before the new colours" value={message} onChange={(event) => setMessage(event.target.value)}
          help="Everything is saved by itself all the time; a name makes this state easy to find again." />
        {keep.error && <ErrorNote error={keep.error} />}
        <Button kind="primary" type="submit" busy={keep.isPending}>Keep this version</Button>
      </form>
    </Dialog>
  );
}
