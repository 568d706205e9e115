// Names the folder, its build command and its output. Nothing is run by saying so.
import { request } from "@accid/api-client/client";
import type { BuildCommand } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { ErrorNote } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import styles from "./Built.module.css";

interface Props { project: string; command: BuildCommand; onDone: () => void; onCancel: (() => void) | undefined }

export function CommandForm({ project, command, onDone, onCancel }: Props) {
  const [folder, setFolder] = useState(command.folder);
  const [line, setLine] = useState(command.line || "npm run build");
  const [output, setOutput] = useState(command.output || "dist");
  const [minutes, setMinutes] = useState(String(command.minutes || 10));
  const save = useMutation({
    mutationFn: () => request<BuildCommand>(urls.buildCommand(project), { method: "PUT", body: { folder: folder.trim(), command: line, output: output.trim(), minutes: Number(minutes) || 10 } }),
    onSuccess: onDone,
  });
  const submit = (event: React.FormEvent) => { event.preventDefault(); save.mutate(); };
  return (
    <form className={`${styles["panel"] ?? ""} ${styles["form"] ?? ""}`} onSubmit={submit}>
      <h2>{command.line ? "Change the build" : "Which folder is it?"}</h2>
      <p>ACCID reads the folder and changes nothing in it. Nothing is run yet: you see the command once more and say yes to it.</p>
      <TextField label="Folder" required autoFocus placeholder="/home/ada/shop" value={folder} onChange={(event) => setFolder(event.target.value)} help="Its path in full." />
      <TextField label="Build command" required spellCheck={false} value={line} onChange={(event) => setLine(event.target.value)} help="One program and its words, such as `npm run build`. Several steps belong into a script of the folder." />
      <div className={styles["pair"]}>
        <TextField label="Output folder" required spellCheck={false} value={output} onChange={(event) => setOutput(event.target.value)} help="What the command writes, below the folder: `dist`, `build`, `out`." />
        <TextField label="Minutes it may take" type="number" min={1} max={120} value={minutes} onChange={(event) => setMinutes(event.target.value)} />
      </div>
      {save.error && <ErrorNote error={save.error} />}
      <div className={styles["buttons"]}>
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
        <Button kind="primary" type="submit" busy={save.isPending} disabled={!folder.trim() || !line.trim() || !output.trim()}>Save</Button>
      </div>
    </form>
  );
}
