// Rich text as a field of its own, with the buttons most texts need; the editor is the one of the canvas.
import type { Json } from "@accid/api-client/types";
import { IconButton } from "@accid/ui/Button";
import { ErrorNote } from "@accid/ui/Feedback";
import { HelpText } from "@accid/ui/Field";
import { Bold, Check, Heading2, Italic, Link, List, ListOrdered, Quote, type LucideIcon } from "lucide-react";
import { useId, useState } from "react";
import type { RichAction, RichEditor, RichState } from "./richEditor.ts";
import styles from "./RichText.module.css";
import { useRichEditor } from "./useRichEditor.ts";

const marks: { action: RichAction; title: string; Icon: LucideIcon }[] = [{ action: "bold", title: "Bold", Icon: Bold }, { action: "italic", title: "Italic", Icon: Italic }];
const blocks: { action: RichAction; title: string; Icon: LucideIcon }[] = [
  { action: "bulletList", title: "List", Icon: List }, { action: "orderedList", title: "Numbered list", Icon: ListOrdered }, { action: "blockquote", title: "Quotation", Icon: Quote },
];

function Tools({ editor, state, label }: { editor: RichEditor; state: RichState; label: string }) {
  const [link, setLink] = useState<string | null>(null);
  // Pressing a button must not take the focus out of the text.
  const hold = (event: React.MouseEvent) => event.preventDefault();
  const set = () => { editor.setLink((link ?? "").trim()); setLink(null); };
  return (
    <div className={styles["tools"]} role="toolbar" aria-label={`${label}: format`}>
      {link === null ? <>
        {marks.map(({ action, title, Icon }) => <IconButton key={action} label={title} aria-pressed={state.marks[action] ?? false} onMouseDown={hold} onClick={() => editor.run(action)}><Icon /></IconButton>)}
        <IconButton label="Link" aria-pressed={state.marks["link"] ?? false} onMouseDown={hold} onClick={() => setLink(state.link)}><Link /></IconButton>
        <IconButton label="Heading" aria-pressed={state.block === "h3"} onMouseDown={hold} onClick={() => editor.run(state.block === "h3" ? "paragraph" : "h3")}><Heading2 /></IconButton>
        {blocks.map(({ action, title, Icon }) => <IconButton key={action} label={title} aria-pressed={state.list === action} onMouseDown={hold} onClick={() => editor.run(action)}><Icon /></IconButton>)}
      </> : <>
        <input type="text" autoFocus autoComplete="off" aria-label="Link target; empty removes the link" placeholder="https://…" value={link} onChange={(event) => setLink(event.target.value)}
          onKeyDown={(event) => { if (event.key === "Enter") set(); else if (event.key === "Escape") { setLink(null); editor.focus(); } else return; event.preventDefault(); event.stopPropagation(); }} />
        <IconButton label="Set link" onClick={set}><Check /></IconButton>
      </>}
    </div>
  );
}

interface Props {
  label: string; hideLabel?: boolean; help?: string; value: Json | undefined; placeholder?: string;
  onChange: (value: Json) => void;
  /** The text was left. */
  onBlur?: () => void;
}

export function RichText({ label, hideLabel = false, help, value, placeholder, onChange, onBlur }: Props) {
  const id = useId();
  const [isEmpty, setEmpty] = useState(false);
  const onLook = (text: HTMLElement) => setEmpty(text.textContent === "" && text.querySelector("li, hr") === null);
  const { box, editor, state, problem } = useRichEditor({ label, value, onChange, onBlur, onLook });
  return (
    <div className={styles["field"]} role="group" aria-labelledby={`${id}-label`}>
      <span id={`${id}-label`} className={hideLabel ? "visually-hidden" : styles["label"]}>{label}</span>
      {problem && <ErrorNote error={problem} />}
      {editor && state && <Tools editor={editor} state={state} label={label} />}
      <div className={styles["paper"]} data-empty={isEmpty || undefined}>
        {isEmpty && placeholder && <span className={styles["placeholder"]} aria-hidden="true">{placeholder}</span>}
        <div ref={box} className={styles["text"]} />
      </div>
      {help && <p className={styles["help"]}><HelpText text={help} /></p>}
    </div>
  );
}
