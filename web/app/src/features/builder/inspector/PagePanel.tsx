// The page itself: its title, its place in the navigation, what search engines get to know.
import type { JsonObject, JsonSchema, PageDocument } from "@accid/api-client/types";
import { SwitchField, TextArea, TextField } from "@accid/ui/Field";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { queries } from "../../../shared/queries.ts";
import { useSession, useWorkbench } from "../model/context.tsx";
import { change } from "../model/session.ts";
import { Folded } from "./Folded.tsx";
import { ImageField } from "./ImageField.tsx";
import styles from "./Inspector.module.css";
import { PageNotes } from "./Notes.tsx";
import { KindFields } from "./KindFields.tsx";
import { SeoPreview } from "./SeoPreview.tsx";

const SpatialPanel = lazy(() => import("../spatial/SpatialPanel.tsx").then((module) => ({ default: module.SpatialPanel })));

/** The picture itself, and what it shows. */
const pictureFields: [string, JsonSchema][] = [["photo", { "type": "string", "x-accid-editor": "photo" }], ["alt", { type: "string" }]];

export function PagePanel() {
  const { session } = useWorkbench();
  const page = useSession((state) => state.page);
  const edit = (key: string, update: (one: PageDocument) => PageDocument) => change(session, update, { title: "Change page", key: `page/${key}` });
  const seo = page.seo ?? {};
  const navigation = page.navigation ?? { show: true };
  const setSeo = (name: "title" | "description" | "canonical", value: string) => edit(`seo/${name}`, (one) => {
    const { [name]: _, ...rest } = one.seo ?? {};
    return { ...one, seo: value ? { ...rest, [name]: value } : rest };
  });
  const setHidden = (hidden: boolean) => edit("seo/hidden", (one) => { const { hidden: _, ...rest } = one.seo ?? {}; return { ...one, seo: hidden ? { ...rest, hidden } : rest }; });
  const setLabel = (label: string) => edit("label", (one) => ({ ...one, navigation: label ? { ...navigation, label } : { show: navigation.show } }));
  const setImage = (image: JsonObject & { photo: string }) => edit("seo/image", (one) => {
    const { image: _, ...rest } = one.seo ?? {};
    const { focus: _focus, ...picture } = image;
    return { ...one, seo: image.photo ? { ...rest, image: { alt: "", ...picture } } : rest };
  });
  const project = useQuery(queries.project(useSession((state) => state.project))).data;
  const length = seo.description?.length ?? 0;
  return (
    <>
      <div data-field="/title"><TextField label="Title of the page" value={page.title} onChange={(event) => edit("title", (one) => ({ ...one, title: event.target.value }))} error={page.title.trim() ? undefined : "Visitors and search engines need a title."} /></div>
      <Folded title="Navigation" name="page/navigation" begins="open">
        <div data-field="/navigation"><SwitchField label="Listed in navigation" checked={navigation.show} onChange={(show) => edit("navigation", (one) => ({ ...one, navigation: { ...navigation, show } }))} /></div>
        <TextField label="Name there" placeholder={page.title} value={navigation.label ?? ""} onChange={(event) => setLabel(event.target.value)} help="When it differs from the title." />
      </Folded>
      <Folded title="Search engines and social cards" name="page/seo" begins="open">
        <div data-field="/seo/title"><TextField label="Title in search results" placeholder={page.title} value={seo.title ?? ""} onChange={(event) => setSeo("title", event.target.value)} /></div>
        <div data-field="/seo/description"><TextArea label="Description" value={seo.description ?? ""} onChange={(event) => setSeo("description", event.target.value)} help={`One or two sentences; 50 to 160 characters work best. ${length} now.`} /></div>
        <div data-field="/seo/image"><ImageField label="Picture of the social card" image={seo.image ?? { photo: "" }} fields={pictureFields} onChange={setImage} /></div>
        <div data-field="/seo/hidden"><SwitchField label="Hide from search engines" checked={seo.hidden ?? false} onChange={setHidden} /></div>
        {project && <SeoPreview page={page} project={project} />}
      </Folded>
      <KindFields />
      <Suspense fallback={null}><SpatialPanel /></Suspense>
      <Folded title="Language and CSS" name="page/more" mark={Boolean(page.language) || Boolean(page.css)}>
      <TextField label="Language" placeholder="as the site, such as en or de-AT" value={page.language ?? ""} onChange={(event) => edit("language", (one) => {
        const { language: _, ...rest } = one;
        return event.target.value ? { ...rest, language: event.target.value } : rest;
      })} />
      <div data-field="/css"><TextArea label="CSS of this page" rows={page.css ? 8 : 2} spellCheck={false} className={styles["code"]} value={page.css ?? ""} help="For this page alone. It fetches nothing from elsewhere, and never touches the studio." onChange={(event) => edit("css", (one) => {
        const { css: _, ...rest } = one;
        return event.target.value ? { ...rest, css: event.target.value } : rest;
      })} /></div>
      <PageNotes pointer="/css" />
      </Folded>
    </>
  );
}
