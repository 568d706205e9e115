// In which of the site's languages the page is shown and its texts are written.
import type { Project, Site } from "@accid/api-client/types";
import { say } from "../../../shared/announce.ts";
import { showLanguage, useView } from "../model/view.ts";
import styles from "./Languages.module.css";
import { languageName } from "./translations.ts";

export function LanguageChoice({ project }: { project: Project }) {
  const language = useView((state) => state.language);
  const own = project.site.language || "en";
  const others = (project.site as Site).languages ?? [];
  if (others.length === 0) return null;
  const choose = (next: string) => {
    showLanguage(next);
    say(next ? `Translating into ${languageName(next)}` : `Writing in ${languageName(own)}`);
  };
  return (
    <select className={styles["choice"]} aria-label="Language" data-language={language} value={language} onChange={(event) => choose(event.target.value)}>
      <option value="">{languageName(own)}</option>
      {others.map((one) => <option key={one} value={one}>{languageName(one)}</option>)}
    </select>
  );
}
