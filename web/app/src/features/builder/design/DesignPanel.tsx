// The site's look: a theme, its light and dark side, its tokens. What is tried shows on the canvas at once; it becomes
// the site's when it is saved.
import type { Project, ThemeChoice } from "@accid/api-client/types";
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useQuery } from "@tanstack/react-query";
import { Moon, Sun, SunMoon } from "lucide-react";
import { queries } from "../../../shared/queries.ts";
import styles from "./Design.module.css";
import { DraftFoot } from "./DraftFoot.tsx";
import { setDraft, themeDraftOf, themeOf, useDrafts } from "./drafts.ts";
import { ThemeCards } from "./ThemeCards.tsx";
import { TokenFields } from "./TokenFields.tsx";
import { useSaveProject } from "./useSaveProject.ts";

const modes = [{ name: "auto", title: "Auto", Icon: SunMoon }, { name: "light", title: "Light", Icon: Sun }, { name: "dark", title: "Dark", Icon: Moon }] as const;

export function DesignPanel({ project }: { project: Project }) {
  const themes = useQuery(queries.themes());
  const unsaved = useDrafts(themeDraftOf(project.slug));
  const save = useSaveProject(project);
  const draft = unsaved ?? project.theme;
  const theme = themes.data && themeOf(draft, themes.data);
  const change = (next: ThemeChoice) => setDraft(project.slug, { theme: JSON.stringify(next) === JSON.stringify(project.theme) ? null : next });
  const findings = unsaved ? [] : project.findings?.filter((finding) => finding.code.startsWith("theme.")) ?? [];
  return (
    <section className={styles["panel"]} aria-label="Design">
      {themes.error && <ErrorNote error={themes.error} />}
      {themes.isPending && <Skeleton height={240} />}
      {themes.data && theme && (
        <>
          {findings.map((finding) => <p key={finding.code + finding.message} className={styles["note"]}>{finding.message}</p>)}
          <ThemeCards themes={themes.data} draft={draft} saved={project.theme} onChoose={change} />
          <fieldset>
            <legend>Light and dark</legend>
            <div className={styles["modes"]}>
              {modes.map(({ name, title, Icon }) => (
                <label key={name}><input type="radio" name="mode" checked={draft.mode === name} onChange={() => change({ ...draft, mode: name })} /><Icon aria-hidden="true" />{title}</label>
              ))}
            </div>
          </fieldset>
          <TokenFields themes={themes.data} theme={theme} draft={draft} onChange={change} />
        </>
      )}
      {unsaved && <DraftFoot what="the design" about="You see a draft. Visitors see it after the next publishing." busy={save.isPending} error={save.error}
        onSave={() => save.mutate({ theme: unsaved })} onDrop={() => { save.reset(); setDraft(project.slug, { theme: null }); }} />}
    </section>
  );
}
