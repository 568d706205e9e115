// The design tokens of a site: colours of both sides, fonts, size, rounding.
import type { Theme, ThemeChoice } from "@accid/api-client/types";
import { IconButton } from "@accid/ui/Button";
import { SelectField } from "@accid/ui/Field";
import { Tabs } from "@accid/ui/Tabs";
import { Moon, RotateCcw, Sun } from "lucide-react";
import { useEffect, useState } from "react";
import styles from "./Design.module.css";
import { chooseSide, sixDigits, tokenValue, useDrafts, writeToken } from "./drafts.ts";
import { coloursOf, fontChoices, fontsOf, pixels, type Token } from "./tokens.ts";

interface Props { themes: Theme[]; theme: Theme; draft: ThemeChoice; onChange: (choice: ThemeChoice) => void }
function ColourRow({ token: { name, title }, theme, draft, onChange }: { token: Token } & Omit<Props, "themes">) {
  const value = tokenValue(draft, theme, name);
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = typed !== null && sixDigits(typed) === null;
  const write = (next: string) => onChange(writeToken(draft, theme, name, next));
  const type = (text: string) => { setTyped(text); const colour = sixDigits(text); if (colour) write(colour); };
  return (
    <div className={styles["colour"]}>
      <input type="color" className={styles["swatch"]} aria-label={`${title}: choose a colour`} value={sixDigits(value) ?? "#000000"} onChange={(event) => { setTyped(null); write(event.target.value); }} />
      <span>{title}</span>
      <input type="text" className={styles["value"]} aria-label={`${title}: colour as #rrggbb`} aria-invalid={isWrong || undefined} spellCheck={false} autoComplete="off"
        value={typed ?? value} onChange={(event) => type(event.target.value)} onBlur={() => setTyped(null)} />
      {draft.tokens?.[name] !== undefined && <IconButton label={`${title}: back to the theme's own`} onClick={() => { setTyped(null); write(""); }}><RotateCcw /></IconButton>}
    </div>
  );
}

interface MeasureProps extends Omit<Props, "themes"> { name: string; title: string; min: number; max: number }

function Measure({ name, title, min, max, theme, draft, onChange }: MeasureProps) {
  const value = tokenValue(draft, theme, name);
  const write = (next: string) => onChange(writeToken(draft, theme, name, next));
  return (
    <div className={styles["measure"]} role="group" aria-label={title}>
      <span aria-hidden="true">{title}</span>
      <input type="range" aria-label={`${title} in pixels`} min={min} max={max} step={1} value={pixels(value) ?? min} onChange={(event) => write(`${event.target.value}px`)} />
      <input type="text" className={styles["value"]} aria-label={`${title} as text`} value={value} onChange={(event) => write(event.target.value)} />
    </div>
  );
}

export function TokenFields({ themes, theme, draft, onChange }: Props) {
  // The canvas shows the side whose colours are being edited; first the one that this system would.
  const side = useDrafts((state) => state.side) ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  useEffect(() => () => chooseSide(null), []);
  const shown = draft.mode === "auto" ? side : draft.mode;
  return (
    <>
      <fieldset>
        <legend>Colours</legend>
        {draft.mode === "auto" && (
          <Tabs label="Side" small chosen={side} onChoose={chooseSide} tabs={[{ name: "light", title: "Light side", icon: <Sun /> }, { name: "dark", title: "Dark side", icon: <Moon /> }]}>{null}</Tabs>
        )}
        <div className={styles["colours"]}>
          {coloursOf(theme, shown).map((token) => <ColourRow key={`${theme.name}/${token.name}`} token={token} theme={theme} draft={draft} onChange={onChange} />)}
        </div>
      </fieldset>
      <fieldset>
        <legend>Type and shape</legend>
        <div className={styles["fields"]}>
          {fontsOf(theme).map(({ name, title }) => {
            const value = tokenValue(draft, theme, name);
            return <SelectField key={name} label={title} options={fontChoices(themes, value)} value={value} onChange={(event) => onChange(writeToken(draft, theme, name, event.target.value))} />;
          })}
          <Measure name="size-text" title="Size of the text" min={14} max={26} theme={theme} draft={draft} onChange={onChange} />
          <Measure name="radius" title="Rounding of corners" min={0} max={24} theme={theme} draft={draft} onChange={onChange} />
        </div>
      </fieldset>
    </>
  );
}
