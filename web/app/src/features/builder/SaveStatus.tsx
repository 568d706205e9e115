// Where what was typed is: on disk, on its way, or kept in this browser.
import { Check, CircleDashed, CloudOff, GitMerge, TriangleAlert } from "lucide-react";
import { useEffect } from "react";
import styles from "./Builder.module.css";
import { useSession, useWorkbench } from "./model/context.tsx";
import { diff } from "./model/patch.ts";
import { pageOf } from "./model/session.ts";

const states = {
  saved: { title: "Saved", help: "Everything is on disk.", Icon: Check },
  dirty: { title: "Saving…", help: "On its way to the disk; this browser keeps it meanwhile.", Icon: CircleDashed },
  saving: { title: "Saving…", help: "On its way to the disk; this browser keeps it meanwhile.", Icon: CircleDashed },
  offline: { title: "Offline: kept in this browser", help: "ACCID does not answer. Go on working: it is sent as soon as ACCID is back, even after this window was closed and opened again.", Icon: CloudOff },
  refused: { title: "Not saved", help: "ACCID does not take this change; this browser keeps it.", Icon: TriangleAlert },
  conflict: { title: "Conflict", help: "Somebody changed the same thing. Nothing is lost; say whose to keep.", Icon: GitMerge },
};

/** How many changes wait, while they have to. */
function useWaiting(): number {
  return useSession(({ save, base, page }) => (save === "offline" || save === "refused" ? diff(pageOf(base), pageOf(page)).length : 0));
}

export function SaveStatus() {
  const { saver, session } = useWorkbench();
  const save = useSession((state) => state.save);
  const problem = useSession((state) => state.problem);
  const waiting = useWaiting();
  const { title, help, Icon } = states[save];
  const isTrouble = save === "offline" || save === "refused";
  // A change that ACCID refuses needs its person; all others come back by themselves.
  useEffect(() => {
    if (save !== "refused") return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [save]);
  return (
    <div className={styles["save"]} data-save={save} role="status" title={help}>
      <Icon aria-hidden="true" /><span>{title}{waiting > 0 && ` · ${waiting === 1 ? "1 change waits" : `${waiting} changes wait`}`}</span>
      {isTrouble && <button type="button" onClick={() => void saver.flush()} title={problem ?? undefined}>Try now</button>}
      {save === "conflict" && <button type="button" onClick={() => session.setState({ deciding: true })}>Decide</button>}
      {save === "refused" && problem && <span className={styles["problem"]}>{problem}</span>}
    </div>
  );
}
