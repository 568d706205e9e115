// At the foot of a panel with something unsaved: save it, or drop it.
import { Button } from "@accid/ui/Button";
import { ErrorNote } from "@accid/ui/Feedback";
import styles from "./Design.module.css";

interface Props { about: string; busy: boolean; error: unknown; onSave: () => void; onDrop: () => void }

export function DraftFoot({ about, busy, error, onSave, onDrop }: Props) {
  return (
    <div className={styles["foot"]} role="group" aria-label="Unsaved changes">
      {Boolean(error) && <ErrorNote error={error} />}
      <p>{about}</p>
      <Button kind="primary" busy={busy} onClick={onSave}>Save</Button>
      <Button disabled={busy} onClick={onDrop}>Discard</Button>
    </div>
  );
}
