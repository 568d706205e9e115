// Puts a story as pages into a website of one's own.
import { request } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote } from "@accid/ui/Feedback";
import { SelectField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { toast } from "../../../shared/announce.ts";
import { queries, refreshProjects } from "../../../shared/queries.ts";
import { navigate, paths } from "../../../shared/router.tsx";
import { useGallery } from "../model/gallery.ts";
import type { Story } from "@accid/api-client/waypoint";
import styles from "./Story.module.css";

export function PagesDialog({ story, onClose }: { story: Story; onClose: () => void }) {
  const form = useId();
  const project = useGallery((state) => state.project);
  const sites = (useQuery(queries.projects()).data ?? []).filter((one) => one.type === "html");
  const [chosen, setChosen] = useState("");
  const site = sites.find((one) => one.slug === chosen) ?? sites[0];
  const put = useMutation({
    mutationFn: () => request(urls.storyToPages(project, story.id), { body: { project: site?.id } }),
    onSuccess: () => { refreshProjects(); onClose(); if (site) toast(`“${story.title}” is in ${site.name}.`, { tone: "success", action: { title: "Open it", run: () => navigate(paths.builder(site.slug)) } }); },
  });
  return (
    <Dialog title="Put the story into a website" onClose={onClose} footer={<><Button onClick={onClose}>Cancel</Button><Button kind="primary" type="submit" form={form} disabled={!site} busy={put.isPending}>Put it there</Button></>}>
      <form id={form} className={styles["form"]} onSubmit={(event) => { event.preventDefault(); if (site) put.mutate(); }}>
        <p>The story becomes pages of the website, with copies of its photos. Places are published as your privacy settings say.</p>
        {sites.length > 0 ? <SelectField label="Website" value={site?.slug ?? ""} options={sites.map((one) => ({ value: one.slug, title: one.name }))} onChange={(event) => setChosen(event.target.value)} /> : <p>There is no website in this ACCID yet. Make a project of the kind “Website” first.</p>}
        {put.error && <ErrorNote error={put.error} />}
      </form>
    </Dialog>
  );
}
