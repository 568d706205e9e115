// What can be done with rich text, as buttons; the same on the canvas and in the inspector.
import { IconButton } from "@accid/ui/Button";
import { Bold, Check, Code, Italic, Languages, Link, List, ListOrdered, Minus, Quote, Strikethrough, Underline, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { say } from "../../../shared/announce.ts";
import { LanguageInput } from "../languages/LanguageInput.tsx";
import { languageName } from "../languages/translations.ts";
import { LinkInput } from "../inspector/LinkInput.tsx";
import type { RichAction, RichEditor, RichState } from "../../../shared/rich/richEditor.ts";

const blocks: { value: RichAction; title: string }[] = [
  { value: "paragraph", title: "Text" }, { value: "h2", title: "Heading 2" }, { value: "h3", title: "Heading 3" },
  { value: "h4", title: "Heading 4" }, { value: "codeBlock", title: "Code" },
];
const buttons: { action: RichAction; title: string; Icon: LucideIcon }[] = [
  { action: "bold", title: "Bold", Icon: Bold }, { action: "italic", title: "Italic", Icon: Italic }, { action: "underline", title: "Underlined", Icon: Underline },
  { action: "strike", title: "Struck through", Icon: Strikethrough }, { action: "code", title: "Code", Icon: Code },
];
const structures: { action: RichAction; title: string; Icon: LucideIcon }[] = [
  { action: "bulletList", title: "List", Icon: List }, { action: "orderedList", title: "Numbered list", Icon: ListOrdered },
  { action: "blockquote", title: "Quotation", Icon: Quote }, { action: "horizontalRule", title: "Line", Icon: Minus },
];

export function RichButtons({ editor, state }: { editor: RichEditor; state: RichState }) {
  const [link, setLink] = useState<string | null>(null);
  const [language, setLanguage] = useState<string | null>(null);
  // Pressing a button must not take the focus out of the text.
  const hold = (event: React.MouseEvent) => event.preventDefault();
  if (link !== null) {
    return (
      <form onSubmit={(event) => { event.preventDefault(); event.stopPropagation(); editor.setLink(link.trim()); setLink(null); }}
        onKeyDown={(event) => { if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); setLink(null); editor.focus(); } }}>
        <LinkInput aria-label="Link target; empty removes the link" autoFocus value={link} onChange={setLink} />
        <IconButton label="Set link" type="submit"><Check /></IconButton>
      </form>
    );
  }
  if (language !== null) {
    const set = () => { editor.setLanguage(language); setLanguage(null); say(language ? `These words are in ${languageName(language)}.` : "These words are in the language of the text."); };
    return (
      <form onSubmit={(event) => { event.preventDefault(); event.stopPropagation(); set(); }}
        onKeyDown={(event) => { if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); setLanguage(null); editor.focus(); } }}>
        <LanguageInput value={language} onChange={setLanguage} />
        <IconButton label="Set language" type="submit"><Check /></IconButton>
      </form>
    );
  }
  return (
    <>
      <select aria-label="Kind of paragraph" value={blocks.some((block) => block.value === state.block) ? state.block : "paragraph"}
        onChange={(event) => editor.run(event.target.value as RichAction)}>
        {blocks.map((block) => <option key={block.value} value={block.value}>{block.title}</option>)}
      </select>
      {buttons.map(({ action, title, Icon }) => (
        <IconButton key={action} label={title} aria-pressed={state.marks[action] ?? false} onMouseDown={hold} onClick={() => editor.run(action)}><Icon /></IconButton>
      ))}
      <IconButton label="Link" aria-pressed={state.marks["link"] ?? false} onMouseDown={hold} onClick={() => setLink(state.link)}><Link /></IconButton>
      <IconButton label="Language of these words" aria-pressed={state.marks["lang"] ?? false} onMouseDown={hold} onClick={() => setLanguage(state.language)}><Languages /></IconButton>
      {structures.map(({ action, title, Icon }) => (
        <IconButton key={action} label={title} aria-pressed={state.list === action} onMouseDown={hold} onClick={() => editor.run(action)}><Icon /></IconButton>
      ))}
    </>
  );
}
