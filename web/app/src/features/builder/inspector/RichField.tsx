// Rich text in the inspector: the same editor as on the canvas.
import type { Json } from "@accid/api-client/types";
import { HelpText } from "@accid/ui/Field";
import { useId } from "react";
import { ErrorNote } from "@accid/ui/Feedback";
import { RichButtons } from "../canvas/RichButtons.tsx";
import { useRichEditor } from "../../../shared/rich/useRichEditor.ts";
import styles from "./Inspector.module.css";

interface Props { label: string; help?: string | undefined; value: Json | undefined; onChange: (value: Json) => void }

export function RichField({ label, help, value, onChange }: Props) {
  const id = useId();
  const { box, editor, state, problem } = useRichEditor({ label, value, onChange });
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
