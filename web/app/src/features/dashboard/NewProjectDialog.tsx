// Makes a project and opens it.
import { request } from "@accid/api-client/client";
import type { Project, ProjectType } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Choice } from "@accid/ui/Choice";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { queries, refreshProjects } from "../../shared/queries.ts";
import { navigate, paths } from "../../shared/router.tsx";
import styles from "./Dashboard.module.css";
import { projectTypes } from "./projectTypes.ts";
import { TemplateChoices } from "./TemplateCards.tsx";

const hints: Partial<Record<ProjectType, string>> = {
  gallery: "It begins empty: bring your pictures, and ACCID puts them in order by the time they were taken.",
  react: "It stands for a folder with a build command, such as a React app. You name both next; nothing is run before you say yes to the command.",
};

export function NewProjectDialog({ start = "blank", onClose }: { start?: string; onClose: () => void }) {
  const form = useId();
  const [name, setName] = useState("");
  const templates = useQuery(queries.templates()).data ?? [];
  const typeOfTemplate = (name: string) => templates.find((one) => one.name === name)?.type ?? "html";
  const [chosenType, setType] = useState<ProjectType | null>(null);
  const type = chosenType ?? typeOfTemplate(start);
  const [template, setTemplate] = useState(start);
  const hint = hints[type];
  const create = useMutation({
    mutationFn: () => request<Project>(urls.createProject, { body: { name: name.trim(), type, ...(hint ? {} : { template }) } }),
    onSuccess: (project) => { refreshProjects(); onClose(); navigate(paths.builder(project.slug)); },
  });
  // What it begins with is of the same kind.
  const chooseType = (next: ProjectType) => {
    setType(next);
    setTemplate(typeOfTemplate(start) === next ? start : templates.find((one) => one.type === next)?.name ?? "blank");
  };
  const submit = (event: React.FormEvent) => { event.preventDefault(); if (name.trim()) create.mutate(); };
  return (
    <Dialog title="New project" size="large" onClose={onClose} footer={<>
      <Button onClick={onClose}>Cancel</Button>
      <Button kind="primary" type="submit" form={form} busy={create.isPending} disabled={!name.trim()}>Create and open</Button>
    </>}>
      <form id={form} className={styles["making"]} onSubmit={submit}>
        <div className={styles["form"]}>
          <TextField label="Name" autoFocus required placeholder="Paintings by Ada" value={name} onChange={(event) => setName(event.target.value)}
            help="Can be changed at any time." />
          <fieldset>
            <legend className={styles["legend"]}>What will it be?</legend>
            <div className={styles["types"]}>
              {projectTypes.map(({ name: one, title, about, Icon }) => (
                <Choice key={one} group="type" value={one} chosen={type === one} onChoose={() => chooseType(one)} icon={<Icon aria-hidden="true" />} title={title} about={about} />
              ))}
            </div>
          </fieldset>
          {create.error && <ErrorNote error={create.error} />}
        </div>
        {hint ? <p className={styles["hint"]}>{hint}</p> : <TemplateChoices type={type} chosen={template} onChoose={setTemplate} />}
      </form>
    </Dialog>
  );
}
