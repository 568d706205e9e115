// Where what was typed is: on disk, on its way, or kept in this browser.
import { Check, CircleDashed, CloudOff, GitMerge, TriangleAlert } from "lucide-react";
import styles from "./Builder.module.css";
import { useSession, useWorkbench } from "./model/context.tsx";

const states = {
  saved: { title: "Saved", Icon: Check }, dirty: { title: "Saving…", Icon: CircleDashed }, saving: { title: "Saving…", Icon: CircleDashed },
  offline: { title: "Offline: kept in this browser", Icon: CloudOff }, refused: { title: "Not saved", Icon: TriangleAlert }, conflict: { title: "Conflict", Icon: GitMerge },
};

export function SaveStatus() {
  const { saver, session } = useWorkbench();
  const save = useSession((state) => state.save);
  const problem = useSession((state) => state.problem);
  const { title, Icon } = states[save];
  const isTrouble = save === "offline" || save === "refused";
  return (
    <div className={styles["save"]} data-save={save} role="status">
      <Icon aria-hidden="true" /><span>{title}</span>
      {isTrouble && <button type="button" onClick={() => void saver.flush()} title={problem ?? undefined}>Try now</button>}
      {save === "conflict" && <button type="button" onClick={() => session.setState({ deciding: true })}>Decide</button>}
      {save === "refused" && problem && <span className={styles["problem"]}>{problem}</span>}
    </div>
  );
}
