// What a new website can begin as: each template with a sketch of its theme, its words and its pages.
import type { Template, Theme } from "@accid/api-client/types";
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useQuery } from "@tanstack/react-query";
import { queries } from "../../shared/queries.ts";
import styles from "./Dashboard.module.css";
import { templateSketch } from "./templateSketch.ts";

interface Props { /** Of the project to be; some pages are called like it. */ name: string; chosen: string; onChoose: (name: string) => void }

function Sketch({ theme, pages }: { theme: Theme | undefined; pages: number }) {
  const { ground, surface, text, muted, accent, deep, radius, line } = templateSketch(theme);
  const shown = Math.min(4, pages);
  return (
    <svg viewBox="0 0 160 90" className={styles["sketch"]} aria-hidden="true" focusable="false">
      <rect width={160} height={90} fill={ground} />
      <rect x={10} y={7} width={22} height={4} rx={1} fill={text} />
      {Array.from({ length: shown }, (_, index) => <rect key={index} x={150 - (shown - index) * 16} y={8} width={12} height={2.5} rx={1} fill={index === 0 ? accent : muted} />)}
      <rect y={16} width={160} height={0.8} fill={line} />
      {pages === 0 || pages === 1 ? (
        <><rect x={10} y={28} width={70} height={6} rx={1} fill={text} /><rect x={10} y={40} width={96} height={3} rx={1} fill={muted} /><rect x={10} y={47} width={82} height={3} rx={1} fill={muted} /></>
      ) : (
        <>
          <rect x={10} y={23} width={140} height={36} rx={radius} fill={deep} />
          <path d="M10 59 L54 34 L84 52 L108 40 L150 59 Z" fill={accent} opacity={0.55} />
          <rect x={18} y={30} width={48} height={6} rx={1} fill="#fff" />
          <rect x={18} y={40} width={34} height={3} rx={1} fill="#fff" opacity={0.8} />
          {[10, 58, 106].map((x) => <g key={x}><rect x={x} y={65} width={44} height={18} rx={radius} fill={surface} /><rect x={x + 5} y={70} width={22} height={3} rx={1} fill={text} /><rect x={x + 5} y={76} width={30} height={2} rx={1} fill={muted} /></g>)}
        </>
      )}
    </svg>
  );
}

export function TemplateCards({ name, chosen, onChoose }: Props) {
  const templates = useQuery(queries.templates());
  const themes = useQuery(queries.themes()).data;
  const themeOf = (template: Template) => themes?.find((theme) => theme.name === template.theme) ?? themes?.[0];
  return (
    <fieldset>
      <legend className={styles["legend"]}>Begin with</legend>
      {templates.error && <ErrorNote error={templates.error} />}
      {templates.isPending && <Skeleton height={180} />}
      <div className={styles["templates"]}>
        {templates.data?.map((template) => (
          <label key={template.name} className={styles["template"]} data-template={template.name}>
            <input type="radio" name="template" value={template.name} checked={template.name === chosen} onChange={() => onChoose(template.name)} />
            <Sketch theme={themeOf(template)} pages={template.pages.length} />
            <span><strong>{template.title}</strong>{template.description}<small>{template.pages.map((page) => page.replace("{{name}}", name || "Your page")).join(" · ")}</small></span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
