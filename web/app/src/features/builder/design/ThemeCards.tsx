// The built-in themes, each shown with this very site in it.
import type { Theme, ThemeChoice } from "@accid/api-client/types";
import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { Preview } from "../../../shared/Preview.tsx";
import { useSession } from "../model/context.tsx";
import styles from "./Design.module.css";
import { chooseTheme, themeOf } from "./drafts.ts";
import { showDraftSheet } from "./sheets.ts";
import { drawTheme } from "./useSheets.ts";

interface Props { themes: Theme[]; draft: ThemeChoice; saved: ThemeChoice; onChoose: (choice: ThemeChoice) => void }

function ThemePicture({ choice }: { choice: ThemeChoice }) {
  const project = useSession((state) => state.project);
  const page = useSession((state) => state.pageId);
  const path = useSession((state) => state.path);
  const css = useQuery({ queryKey: ["theme-picture", project, choice], queryFn: () => drawTheme(project, page, choice), staleTime: Infinity }).data;
  // Without the sheet the picture would be a lie.
  return <Preview project={project} path={path} revision={css ? "drawn" : "waiting"} {...(css ? { onDocument: (document: Document) => showDraftSheet(document, css) } : {})} />;
}

export function ThemeCards({ themes, draft, saved, onChoose }: Props) {
  const chosen = themeOf(draft, themes);
  const kept = themeOf(saved, themes);
  return (
    <fieldset>
      <legend>Theme</legend>
      <div className={styles["themes"]}>
        {themes.map((theme) => (
          <label key={theme.name} className={styles["theme"]} data-theme-card={theme.name} title={theme.description}>
            <input type="radio" name="theme" value={theme.name} checked={theme === chosen} onChange={() => onChoose(chooseTheme(draft, saved, theme, themes))} />
            <ThemePicture choice={chooseTheme(draft, saved, theme, themes)} />
            <span className={styles["themeWords"]}>
              <strong>{theme.title}{theme === chosen && <Check aria-hidden="true" />}{theme === kept && theme !== chosen && <em>saved</em>}</strong>
              {theme.audience}
            </span>
          </label>
        ))}
      </div>
      {chosen && <p className={styles["themeAbout"]} aria-live="polite"><strong>{chosen.title}.</strong> {chosen.description}</p>}
    </fieldset>
  );
}
