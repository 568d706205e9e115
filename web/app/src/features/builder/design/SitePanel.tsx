// What holds for the whole site: its name, what it is about, its language and address, who makes it.
import type { Project, Site } from "@accid/api-client/types";
import { SelectField, SwitchField, TextArea, TextField } from "@accid/ui/Field";
import { useState } from "react";
import styles from "./Design.module.css";
import { DraftFoot } from "./DraftFoot.tsx";
import { setDraft, siteDraftOf, useDrafts } from "./drafts.ts";
import { useSaveProject } from "./useSaveProject.ts";

type Name = "title" | "description" | "language" | "base_url" | "author" | "css";

type Avif = NonNullable<NonNullable<Site["pictures"]>["avif"]>;
const avifChoices: { value: Avif; title: string }[] = [
  { value: "phones", title: "For phones" },
  { value: "all", title: "For every screen" },
  { value: "off", title: "None" },
];

const isAddress = (text: string) => { try { return /^https?:$/.test(new URL(text).protocol); } catch { return false; } };
const isLanguage = (text: string) => { try { return Intl.getCanonicalLocales(text).length === 1; } catch { return false; } };

const tagsOf = (text: string) => text.split(/[\s,;]+/).filter(Boolean);

export function SitePanel({ project }: { project: Project }) {
  const unsaved = useDrafts(siteDraftOf(project.slug));
  const save = useSaveProject(project);
  const site = (unsaved ?? project.site) as Site;
  const write = (name: Name, text: string) => {
    const { [name]: _, ...rest } = site;
    // What is empty and may be missing is left out.
    const isRequired = name === "title" || name === "language";
    const next = (text === "" && !isRequired ? rest : { ...site, [name]: text }) as Site;
    setDraft(project.slug, { site: JSON.stringify(next) === JSON.stringify(project.site) ? null : next });
  };
  const keep = (next: Site) => setDraft(project.slug, { site: JSON.stringify(next) === JSON.stringify(project.site) ? null : next });
  const [languages, setLanguages] = useState<string | null>(null);
  const languagesAreGood = languages === null || tagsOf(languages).every(isLanguage);
  const writeLanguages = (text: string) => {
    setLanguages(text);
    const tags = [...new Set(tagsOf(text).filter(isLanguage))].filter((tag) => tag !== site.language);
    const { languages: _, ...rest } = site;
    keep((tags.length > 0 ? { ...site, languages: tags } : rest) as Site);
  };
  const writeHidden = (hidden: boolean) => { const { hidden: _, ...rest } = site; keep((hidden ? { ...site, hidden } : rest) as Site); };
  const writeAvif = (avif: Avif) => {
    const { pictures: _, ...rest } = site;
    const next = (avif === "phones" ? rest : { ...rest, pictures: { ...site.pictures, avif } }) as Site;
    setDraft(project.slug, { site: JSON.stringify(next) === JSON.stringify(project.site) ? null : next });
  };
  const errors = {
    title: site.title.trim() ? undefined : "A site needs a name.",
    language: !site.language || isLanguage(site.language) ? undefined : "A language is written like en or de-AT.",
    base_url: !site.base_url || isAddress(site.base_url) ? undefined : "An address begins with https://",
  };
  const field = (name: Name) => ({ value: (site as Partial<Record<Name, string>>)[name] ?? "", onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => write(name, event.target.value) });
  const isGood = Object.values(errors).every((error) => error === undefined);
  return (
    <section className={styles["panel"]} aria-label="Site">
      <TextField label="Name of the site" {...field("title")} error={errors.title} help="In the browser's tab and in search results." />
      <TextArea label="What it is about" {...field("description")} help="One or two sentences, for pages that have no description of their own." />
      <TextField label="Language" placeholder="en" {...field("language")} error={errors.language} help="As en or de-AT: browsers and screen readers go by it." />
      <TextField label="Other languages" placeholder="de, fr" value={languages ?? (site.languages ?? []).join(", ")} onChange={(event) => writeLanguages(event.target.value)} error={languagesAreGood ? undefined : "Languages are written like de or pt-BR, with commas between them."} help="Each page then comes in these languages too; choose one above the canvas to translate." />
      <TextField label="Address" type="url" inputMode="url" placeholder="https://example.org/" {...field("base_url")} error={errors.base_url} help="Where the site will be found. The sitemap and social cards need it." />
      <TextField label="Author" {...field("author")} />
      <SelectField label="Smaller pictures (AVIF)" options={avifChoices} value={site.pictures?.avif ?? "phones"} onChange={(event) => writeAvif(event.target.value as Avif)}
        help="Beside WebP and JPEG. About a quarter smaller; the first export takes about a second a picture longer for phones, four for every screen." />
      <TextArea label="CSS of the whole site" rows={site.css ? 8 : 2} spellCheck={false} className={styles["code"]} {...field("css")} help="On every page, after the theme. It fetches nothing from elsewhere, and never touches the studio." />
      <SwitchField label="Hide the whole site from search engines" checked={site.hidden ?? false} onChange={writeHidden} help="For a site that is not finished." />
      {unsaved && <DraftFoot what="the site's settings" about={isGood ? "Not saved yet." : "Something is not right yet; see above."} busy={save.isPending} error={save.error}
        onSave={() => { if (isGood) save.mutate({ site: unsaved }); }} onDrop={() => { save.reset(); setDraft(project.slug, { site: null }); }} />}
    </section>
  );
}
