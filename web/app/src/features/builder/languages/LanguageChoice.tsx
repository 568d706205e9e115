// In which of the site's languages the page is shown and its texts are written.
import type { Project, Site } from "@accid/api-client/types";
import { Languages } from "lucide-react";
import { useEffect } from "react";
import { say } from "../../../shared/announce.ts";
import { registerCommands, type Command } from "../../../shared/commands.ts";
import { showLanguage, useView } from "../model/view.ts";
import styles from "./Languages.module.css";
import { languageName } from "./translations.ts";

function choose(next: string, own: string) {
  showLanguage(next);
  say(next ? `Translating into ${languageName(next)}` : `Writing in ${languageName(own)}`);
}

export function LanguageChoice({ project }: { project: Project }) {
  const language = useView((state) => state.language);
  const own = project.site.language || "en";
  const others = (project.site as Site).languages ?? [];
  const tags = others.join();
  useEffect(() => registerCommands("languages", tags === "" ? [] : ["", ...tags.split(",")].map((one): Command => (
    { id: `language-${one || "own"}`, title: one ? `Translate into ${languageName(one)}` : `Write in ${languageName(own)}`, group: "Languages", icon: Languages, run: () => choose(one, own) }
  ))), [tags, own]);
  if (others.length === 0) return null;
  return (
    <select className={styles["choice"]} aria-label="Language" data-language={language} value={language} onChange={(event) => choose(event.target.value, own)}>
      <option value="">{languageName(own)}</option>
      {others.map((one) => <option key={one} value={one}>{languageName(one)}</option>)}
    </select>
  );
}
