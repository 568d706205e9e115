// What a new website can begin as: each template as ACCID renders it.
import type { ProjectType, Template } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Choice } from "@accid/ui/Choice";
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useQuery } from "@tanstack/react-query";
import { formatCount } from "../../shared/format.ts";
import { Preview } from "../../shared/Preview.tsx";
import { queries } from "../../shared/queries.ts";
import styles from "./Dashboard.module.css";

const picture = (template: Template) => <Preview src={urls.templatePreview(template.name)} revision={template.name} />;

/** To choose from in a form: those that make a project of this kind. */
export function TemplateChoices({ type, chosen, onChoose }: { type: ProjectType; chosen: string; onChoose: (name: string) => void }) {
  const templates = useQuery(queries.templates());
  return (
    <fieldset>
      <legend className={styles["legend"]}>Begin with</legend>
      {templates.error && <ErrorNote error={templates.error} />}
      <div className={styles["templates"]}>
        {templates.isPending && [1, 2, 3].map((key) => <Skeleton key={key} height={210} />)}
        {templates.data?.filter((template) => (template.type ?? "html") === type || (type === "tutorial" && template.name === "blank")).map((template) => (
          <Choice key={template.name} group="template" value={template.name} chosen={template.name === chosen} onChoose={() => onChoose(template.name)}
            title={template.title} about={`${template.description} ${formatCount(template.pages.length, "page").replace(" ", "\u00a0")}.`} picture={picture(template)} />
        ))}
      </div>
    </fieldset>
  );
}

/** To begin with at once, where there is nothing else yet. */
export function TemplateStarts({ onStart }: { onStart: (template: string) => void }) {
  const templates = useQuery(queries.templates()).data ?? [];
  if (templates.length === 0) return null;
  return (
    <section aria-label="Begin with a template" className={styles["starts"]}>
      <ul className={styles["templates"]}>
        {templates.map((template) => (
          <li key={template.name}>
            <button type="button" className={styles["start"]} onClick={() => onStart(template.name)}>
              {picture(template)}
              <span><strong>{template.title}</strong>{template.description}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
