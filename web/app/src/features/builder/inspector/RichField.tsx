// Rich text in the inspector: the same editor as on the canvas.
import type { Json } from "@accid/api-client/types";
import { HelpText } from "@accid/ui/Field";
import { useEffect, useId, useRef, useState } from "react";
import { ErrorNote } from "@accid/ui/Feedback";
import { RichButtons } from "../canvas/RichButtons.tsx";
import { mountRichEditor, type RichEditor, type RichState } from "../../../shared/rich/richEditor.ts";
import { isEqual } from "../model/patch.ts";
import styles from "./Inspector.module.css";

const unknown = "This text has something this ACCID does not know. Editing it would lose that.";
interface Props { label: string; help?: string | undefined; value: Json | undefined; onChange: (value: Json) => void }

export function RichField({ label, help, value, onChange }: Props) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const written = useRef<Json | undefined>(undefined);
  const write = useRef(onChange);
  const [editor, setEditor] = useState<RichEditor | null>(null);
  const [state, setState] = useState<RichState | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => { write.current = onChange; });
  // A change from elsewhere (the canvas, undo) replaces what is shown; one's own does not.
  useEffect(() => {
    if (!editor || isEqual(written.current, value)) return;
    written.current = value ?? null;
    try {
      editor.show(value);
    } catch {
      // Only another window can have brought it; that is told once, here.
      // eslint-disable-next-line react-hooks/set-state-in-effect
      setProblem(unknown);
    }
  }, [value, editor]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const mount = document.createElement("div");
    element.replaceChildren(mount);
    written.current = value ?? null;
    try {
      const mounted = mountRichEditor({
        element: mount, value, label,
        onChange: (next) => { written.current = next; write.current(next); },
        onState: setState,
      });
      setEditor(mounted);
      setProblem(null);
      return () => { mounted.destroy(); setEditor(null); };
    } catch {
      setProblem(unknown);
      return;
    }
    // The value is read when the editor is made; later it is shown by the editor.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [label]);
  return (
    <div className={styles["richField"]} role="group" aria-labelledby={`${id}-label`}>
      <span id={`${id}-label`} className={styles["label"]}>{label}</span>
      {problem && <ErrorNote error={problem} />}
      {editor && state && <div className={styles["richButtons"]} role="toolbar" aria-label={`${label}: format`}><RichButtons editor={editor} state={state} /></div>}
      <div ref={box} className={styles["rich"]} />
      {help && <p className={styles["help"]}><HelpText text={help} /></p>}
    </div>
  );
}
