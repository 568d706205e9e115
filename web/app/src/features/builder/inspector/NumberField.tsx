// A number that may be half typed: only what is one, and within its limits, goes on.
import type { Json } from "@accid/api-client/types";
import { TextField } from "@accid/ui/Field";
import { useState } from "react";
import type { Control } from "./schema.ts";

interface Props { label: string; help?: string | undefined; value: number | null; control: Extract<Control, { kind: "number" }>; onChange: (value: Json) => void }

export function NumberField({ label, help, value, control, onChange }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const { minimum, maximum, isInteger } = control;
  const number = typed === null || typed.trim() === "" ? null : Number(typed);
  const isWrong = typed !== null && (number === null || !Number.isFinite(number) || (isInteger && !Number.isInteger(number))
    || (minimum !== undefined && number < minimum) || (maximum !== undefined && number > maximum));
  const limits = minimum !== undefined && maximum !== undefined ? `between ${minimum} and ${maximum}` : minimum !== undefined ? `of ${minimum} or more` : maximum !== undefined ? `of ${maximum} or less` : "";
  return (
    <TextField label={label} help={help} inputMode={isInteger ? "numeric" : "decimal"} value={typed ?? (value === null ? "" : String(value))}
      error={isWrong ? `A ${isInteger ? "whole " : ""}number ${limits} is needed.` : undefined}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        const text = event.target.value;
        setTyped(text);
        const next = Number(text);
        if (text.trim() === "" || !Number.isFinite(next) || (isInteger && !Number.isInteger(next))) return;
        if ((minimum === undefined || next >= minimum) && (maximum === undefined || next <= maximum)) onChange(next);
      }} />
  );
}
