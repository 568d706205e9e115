// At the foot of a panel with something unsaved: save it, or drop it.
import { Button } from "@accid/ui/Button";
import { ErrorNote } from "@accid/ui/Feedback";
import { Save } from "lucide-react";
import { useEffect, useRef } from "react";
import { formatShortcut, registerCommands } from "../../../shared/commands.ts";
import styles from "./Design.module.css";

const shortcut = "Mod+Enter";

interface Props { what: string; about: string; busy: boolean; error: unknown; onSave: () => void; onDrop: () => void }

export function DraftFoot({ what, about, busy, error, onSave, onDrop }: Props) {
  const save = useRef(onSave);
  useEffect(() => { save.current = onSave; });
  useEffect(() => registerCommands("draft", [{ id: "save-draft", title: `Save ${what}`, group: "Site", icon: Save, shortcut, whileTyping: true, run: () => save.current() }]), [what]);
  return (
    <div className={styles["foot"]} role="group" aria-label="Unsaved changes">
      {Boolean(error) && <ErrorNote error={error} />}
      <p>{about}</p>
      <Button kind="primary" busy={busy} title={`Save ${what} (${formatShortcut(shortcut)})`} onClick={onSave}>Save</Button>
      <Button disabled={busy} onClick={onDrop}>Discard</Button>
    </div>
  );
}
