// The editor of a rich text in a field: made with the field, shown anew when the text changes elsewhere.
import type { Json } from "@accid/api-client/types";
import { useEffect, useRef, useState } from "react";
import { isEqual } from "../equal.ts";
import { mountRichEditor, type RichEditor, type RichState } from "./richEditor.ts";

const unknown = "This text has something this ACCID does not know. Editing it would lose that.";
interface Options { label: string; value: Json | undefined; onChange: (value: Json) => void; onBlur?: (() => void) | undefined; onLook?: (element: HTMLElement) => void }

export function useRichEditor({ label, value, onChange, onBlur, onLook }: Options) {
  const box = useRef<HTMLDivElement>(null);
  const written = useRef<Json | undefined>(undefined);
  const calls = useRef({ onChange, onBlur, onLook });
  const [editor, setEditor] = useState<RichEditor | null>(null);
  const [state, setState] = useState<RichState | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => { calls.current = { onChange, onBlur, onLook }; });
  // A change from elsewhere (the canvas, undo, another window) replaces what is shown; one's own does not.
  useEffect(() => {
    if (!editor || isEqual(written.current, value ?? null)) return;
    written.current = value ?? null;
    // eslint-disable-next-line react-hooks/set-state-in-effect
    try { editor.show(value); } catch { setProblem(unknown); }
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
        onChange: (next) => { written.current = next; calls.current.onLook?.(mount); calls.current.onChange(next); },
        onState: setState, onBlur: () => calls.current.onBlur?.(),
      });
      // The editor starts with the field and not while rendering.
      setEditor(mounted);
      setProblem(null);
      calls.current.onLook?.(mount);
      return () => { mounted.destroy(); setEditor(null); };
    } catch {
      setProblem(unknown);
      return;
    }
    // The value is read when the editor is made; later it is shown by the editor.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [label]);
  return { box, editor, state, problem };
}
