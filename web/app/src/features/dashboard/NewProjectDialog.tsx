// Makes a project and opens it.
import { request } from "@accid/api-client/client";
import type { Project, ProjectType } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote } from "@accid/ui/Feedback";
import { TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import { refreshProjects } from "../../shared/queries.ts";
import { navigate, paths } from "../../shared/router.tsx";
import styles from "./Dashboard.module.css";
import { projectTypes } from "./projectTypes.ts";
import { TemplateCards } from "./TemplateCards.tsx";

export function NewProjectDialog({ onClose }: { onClose: () => void }) {
  const form = useId();
  const [name, setName] = useState("");
  const [type, setType] = useState<ProjectType>("html");
  const [template, setTemplate] = useState("blank");
  // What something else builds has no pages to begin with.
  const hasPages = type !== "react";
  const create = useMutation({
    mutationFn: () => request<Project>(urls.createProject, { body: { name: name.trim(), type, ...(hasPages ? { template } : {}) } }),
    onSuccess: (project) => { refreshProjects(); onClose(); navigate(paths.builder(project.slug)); },
  });
  const submit = (event: React.FormEvent) => { event.preventDefault(); if (name.trim()) create.mutate(); };
  return (
    <Dialog title="New project" size="medium" onClose={onClose} footer={<Button kind="primary" type="submit" form={form} busy={create.isPending} disabled={!name.trim()}>Create and open</Button>}>
      <form id={form} className={styles["form"]} onSubmit={submit}>
        <TextField label="Name" autoFocus required placeholder="Paintings by Ada" value={name} onChange={(event) => setName(event.target.value)}
          help="Can be changed at any time." />
        <fieldset>
          <legend className={styles["legend"]}>What will it be?</legend>
          <div className={styles["types"]}>
            {projectTypes.map((one) => (
              <label key={one.name} className={styles["type"]}>
                <input type="radio" name="type" value={one.name} checked={type === one.name} onChange={() => setType(one.name)} />
                <span><strong>{one.title}</strong><span>{one.about}</span></span>
              </label>
            ))}
          </div>
        </fieldset>
        {hasPages && <TemplateCards name={name.trim()} chosen={template} onChoose={setTemplate} />}
        {create.error && <ErrorNote error={create.error} />}
      </form>
    </Dialog>
  );
}
