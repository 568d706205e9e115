// How a story is told: one of five ways, shown as its visitors will see it.
import { urls } from "@accid/api-client/urls";
import { IconButton } from "@accid/ui/Button";
import { Choice } from "@accid/ui/Choice";
import { ExternalLink, LayoutGrid, Map, Monitor, MousePointerClick, Presentation, Rows3, Smartphone, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { useGallery } from "../model/gallery.ts";
import type { Story, StoryTemplate } from "@accid/api-client/waypoint";
import styles from "./Story.module.css";
import type { StoryEdits } from "./useStoryEdits.ts";

export const templates: { name: StoryTemplate; title: string; about: string; Icon: LucideIcon }[] = [
  { name: "timeline", title: "Timeline", about: "Chapter after chapter.", Icon: Rows3 }, { name: "grid", title: "Grid", about: "All photos at a glance.", Icon: LayoutGrid },
  { name: "map", title: "Map", about: "The map beside the words.", Icon: Map }, { name: "mystery-dots", title: "Mystery dots", about: "Dots that open photos.", Icon: MousePointerClick },
  { name: "slideshow", title: "Slideshow", about: "One after the other.", Icon: Presentation },
];

export function StoryPreview({ story, revision, edit }: { story: Story; revision: number; /** Missing for those who may only look. */ edit: StoryEdits["edit"] | null }) {
  const project = useGallery((state) => state.project);
  const [narrow, setNarrow] = useState(false);
  const template = story.template ?? "timeline";
  const address = urls.storyTemplate(project, template, story.id, String(revision));
  return (
    <aside className={styles["preview"]} aria-label="How the story looks">
      {edit && <fieldset className={styles["templates"]}>
        <legend className="visually-hidden">How it is told</legend>
        {templates.map(({ name, title, about, Icon }) => (
          <Choice key={name} group="template" value={name} chosen={name === template} icon={<Icon aria-hidden="true" />} title={title} about={about} onChoose={() => edit(`Tell it as ${title}`, (now) => ({ ...now, template: name }))} />
        ))}
      </fieldset>}
      <div className={styles["frame"]} data-narrow={narrow || undefined}>
        <iframe key={`${template} ${revision}`} src={address} title={`Preview: ${story.title || "the story"}`} data-template={template} />
      </div>
      <div className={styles["previewTools"]}>
        <IconButton label={narrow ? "As on a desktop" : "As on a phone"} onClick={() => setNarrow(!narrow)}>{narrow ? <Monitor /> : <Smartphone />}</IconButton>
        <a href={address} target="_blank" rel="noreferrer"><ExternalLink aria-hidden="true" />Open in a tab</a>
      </div>
    </aside>
  );
}
