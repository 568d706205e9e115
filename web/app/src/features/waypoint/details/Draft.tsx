// Fields that keep what is typed until they are left, and then save it as one step.
import { TextArea, TextField, type FieldText } from "@accid/ui/Field";
import { useEffect, useRef, useState, type InputHTMLAttributes } from "react";

/** What is typed, until it is saved. A value from elsewhere replaces it. */
export function useDraft(value: string, save: (value: string) => void): { text: string; type: (text: string) => void; leave: () => void } {
  const [draft, setDraft] = useState<{ of: string; text: string } | null>(null);
  const text = draft && draft.of === value ? draft.text : value;
  const latest = useRef({ text, value, save });
  useEffect(() => { latest.current = { text, value, save }; });
  // Whoever goes on to the next photo has left the field, too.
  useEffect(() => {
    const save = () => { const now = latest.current; if (now.text !== now.value) now.save(now.text); };
    const leave = () => { if (document.visibilityState === "hidden") save(); };
    document.addEventListener("visibilitychange", leave);
    return () => { document.removeEventListener("visibilitychange", leave); save(); };
  }, []);
  return { text, type: (next) => setDraft({ of: value, text: next }), leave: () => { if (text !== value) save(text); } };
}

interface Props extends FieldText { value: string; onSave: (value: string) => void; rows?: number; input?: InputHTMLAttributes<HTMLInputElement> }

export function DraftField({ value, onSave, rows, input, ...rest }: Props) {
  const { text, type, leave } = useDraft(value, onSave);
  if (rows) return <TextArea {...rest} rows={rows} value={text} onChange={(event) => type(event.target.value)} onBlur={leave} />;
  return <TextField {...rest} {...input} value={text} onChange={(event) => type(event.target.value)} onBlur={leave} onKeyDown={(event) => { if (event.key === "Enter") leave(); }} />;
}
