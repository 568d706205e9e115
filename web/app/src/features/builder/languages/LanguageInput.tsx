// Chooses the language that some words are in: those of the site first, then those that are often quoted.
import type { Site } from "@accid/api-client/types";
import { useQuery } from "@tanstack/react-query";
import { queries } from "../../../shared/queries.ts";
import { useSession } from "../model/context.tsx";
import { languageName } from "./translations.ts";

const often = ["en", "fr", "de", "es", "it", "pt", "nl", "da", "sv", "nb", "fi", "is", "pl", "cs", "sk", "hu", "sl", "hr", "sr", "ro", "bg", "el", "tr", "uk", "ru", "la", "ga", "ca", "eu", "ar", "he", "fa", "hi", "th", "vi", "id", "zh", "ja", "ko"];

export function LanguageInput({ value, onChange }: { value: string; onChange: (language: string) => void }) {
  const site = useQuery(queries.project(useSession((state) => state.project))).data?.site as Site | undefined;
  const own = [...new Set([site?.language ?? "", ...site?.languages ?? []].filter(Boolean))];
  const others = [...new Set([...often, ...(value ? [value] : [])])].filter((one) => !own.includes(one)).map((one) => ({ one, name: languageName(one) })).sort((a, b) => a.name.localeCompare(b.name));
  return (
    <select aria-label="Language of these words" autoFocus value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">That of the text</option>
      {own.length > 0 && <optgroup label="Languages of the site">{own.map((one) => <option key={one} value={one}>{languageName(one)}</option>)}</optgroup>}
      <optgroup label="Other languages">{others.map(({ one, name }) => <option key={one} value={one}>{name}</option>)}</optgroup>
    </select>
  );
}
