// Rich text in the inspector: the same editor as on the canvas.
import type { Json } from "@accid/api-client/types";
import { HelpText } from "@accid/ui/Field";
import { useEffect, useId, useRef, useState } from "react";
import { ErrorNote } from "@accid/ui/Feedback";
import { RichButtons } from "../canvas/RichButtons.tsx";
import { mountRichEditor, type RichEditor, type RichState } from "../canvas/richEditor.ts";
import { isEqual } from "../model/patch.ts";
import styles from "./Inspector.module.css";

interface Props { label: string; help?: string | undefined; value: Json | undefined; onChange: (value: Json) => void }

export function RichField({ label, help, value, onChange }: Props) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const written = useRef<Json | undefined>(undefined);
  const write = useRef(onChange);
  const [editor, setEditor] = useState<RichEditor | null>(null);
  const [state, setState] = useState<RichState | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [version, setVersion] = useState(0);
  useEffect(() => { write.current = onChange; });
  // A change from elsewhere (the canvas, undo) replaces what is shown; one's own does not.
  useEffect(() => {
    if (written.current !== undefined && !isEqual(written.current, value)) setVersion((count) => count + 1);
  }, [value]);
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
      setProblem("This text has something this ACCID does not know. Editing it would lose that.");
      return;
    }
    // The value is read when the editor is made; later it comes through `version`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [version, label]);
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
