// The texts of the chosen module, or of the page, in the language that is shown: each with its source below.
import type { Json, ModuleDocument } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { Badge, Skeleton } from "@accid/ui/Feedback";
import { TextArea, TextField } from "@accid/ui/Field";
import { lazy, Suspense, useEffect, useState } from "react";
import { useSession, useWorkbench } from "../model/context.tsx";
import { editModule } from "../model/edits.ts";
import { change } from "../model/session.ts";
import styles from "./Languages.module.css";
import { asPlain, countTexts, fingerprint, languageName, textsOf, translationOf, withPageTranslation, withRouteName, withTranslation, type SourceText } from "./translations.ts";

const RichField = lazy(() => import("../inspector/RichField.tsx").then((module) => ({ default: module.RichField })));

/** Whether the source was changed since it was translated. */
function useOutdated(source: Json, of: string | undefined): boolean {
  const [outdated, setOutdated] = useState(false);
  useEffect(() => {
    let current = true;
    // Without a secure address the browser makes no fingerprints; the check says it then.
    void (of ? fingerprint(source).then((now) => now !== of).catch(() => false) : Promise.resolve(false)).then((is) => { if (current) setOutdated(is); });
    return () => { current = false; };
  }, [source, of]);
  return outdated;
}

const asText = (value: Json | undefined) => (typeof value === "string" ? value : "");

function TextInLanguage({ module, text, language }: { module: ModuleDocument; text: SourceText; language: string }) {
  const { session } = useWorkbench();
  const translation = translationOf(module, language, text.pointer);
  const outdated = useOutdated(text.source, translation?.of);
  const write = (value: Json) => editModule(session, module.id, `translations/${language}${text.pointer}`, "Translate", (one) => withTranslation(one, language, text.pointer, value));
  const value = translation?.value;
  return (
    <div className={styles["text"]} data-text={text.pointer} data-field={`/translations${text.pointer}`} data-missing={value === undefined || undefined}>
      {text.kind === "rich" && <Suspense fallback={<Skeleton height={120} />}><RichField key={language} label={text.label} value={value ?? { type: "doc", content: [] }} onChange={write} /></Suspense>}
      {text.kind === "lines" && <TextArea label={text.label} lang={language} value={asText(value)} onChange={(event) => write(event.target.value)} />}
      {text.kind === "line" && <TextField label={text.label} lang={language} value={asText(value)} onChange={(event) => write(event.target.value)} />}
      <p className={styles["source"]}>{asPlain(text.source)}</p>
      {outdated && <p className={styles["outdated"]}><Badge tone="accent">changed since</Badge><Button kind="ghost" onClick={() => write(value ?? "")}>Still right</Button></p>}
    </div>
  );
}

export function ModuleTexts({ module, language }: { module: ModuleDocument; language: string }) {
  const { types } = useWorkbench();
  const texts = textsOf(module, types.find((type) => type.type === module.type));
  if (texts.length === 0) return <p className={styles["note"]}>There is no text of its own to translate here.</p>;
  return <div className={styles["texts"]}>{texts.map((text) => <TextInLanguage key={`${module.id}${text.pointer}`} module={module} text={text} language={language} />)}</div>;
}

export function LanguageProgress({ language }: { language: string }) {
  const { types } = useWorkbench();
  const page = useSession((state) => state.page);
  const { texts, translated } = countTexts(page, types, language);
  return <p className={styles["progress"]}><span>{languageName(language)}: {translated} of {texts} texts</span><progress aria-label={`Translated into ${languageName(language)}`} value={translated} max={texts} /></p>;
}

const fields = [
  { name: "title", label: "Title of the page", source: "title" }, { name: "slug", label: "Address", source: "slug" },
  { name: "navigation_label", label: "Name in the navigation", source: "label" },
  { name: "seo_title", label: "Title in search results", source: "seo_title" }, { name: "seo_description", label: "Description", source: "seo_description" },
  { name: "map_label", label: "What the map shows", source: "map" },
] as const;

export function PageTexts({ language }: { language: string }) {
  const { session } = useWorkbench();
  const page = useSession((state) => state.page);
  const told = page.translations?.[language] ?? {};
  const sources = { title: page.title, slug: page.slug, label: page.navigation?.label ?? "", seo_title: page.seo?.title ?? "", seo_description: page.seo?.description ?? "", map: page.spatial?.label ?? "" };
  const routes = (page.spatial?.routes ?? []).filter((route) => route.name?.trim());
  return (
    <div className={styles["texts"]}>
      {fields.filter(({ name }) => (name === "slug" ? page.slug !== "index" : name !== "map_label" || sources.map.trim() !== "")).map(({ name, label, source }) => {
        const write = (value: string) => change(session, (one) => withPageTranslation(one, language, name, name === "slug" ? value.toLowerCase().replace(/[^a-z0-9-]/g, "-") : value), { title: "Translate", key: `page/translations/${language}/${name}` });
        return (
          <div key={name} className={styles["text"]} data-text={name} data-field={`/translations/${name}`}>
            {name === "seo_description"
              ? <TextArea label={label} lang={language} value={told[name] ?? ""} onChange={(event) => write(event.target.value)} />
              : <TextField label={label} {...(name === "slug" ? {} : { lang: language })} value={told[name] ?? ""} onChange={(event) => write(event.target.value)} />}
            {sources[source] && <p className={styles["source"]}>{sources[source]}</p>}
          </div>
        );
      })}
      {routes.map((route) => (
        <div key={route.id} className={styles["text"]} data-text={`routes/${route.id}`} data-field={`/translations/routes/${route.id}`}>
          <TextField label="Name of a route" lang={language} value={told.routes?.[route.id] ?? ""} onChange={(event) => change(session, (one) => withRouteName(one, language, route.id, event.target.value), { title: "Translate", key: `page/translations/${language}/routes/${route.id}` })} />
          <p className={styles["source"]}>{route.name}</p>
        </div>
      ))}
    </div>
  );
}
