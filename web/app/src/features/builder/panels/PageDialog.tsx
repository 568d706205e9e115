// Makes a page, or gives one another title, address or place.
import { request } from "@accid/api-client/client";
import type { PageView } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote } from "@accid/ui/Feedback";
import { SelectField, TextField } from "@accid/ui/Field";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "../../../shared/announce.ts";
import { refreshProjects } from "../../../shared/queries.ts";
import { navigate, paths } from "../../../shared/router.tsx";
import { useWorkbench } from "../model/context.tsx";
import styles from "./Panels.module.css";

interface Props { project: string; pages: PageView[]; page?: PageView; current: string; onClose: () => void }

export function PageDialog({ project, pages, page, current, onClose }: Props) {
  const { saver } = useWorkbench();
  const [title, setTitle] = useState(page?.title ?? "");
  const [slug, setSlug] = useState(page?.slug ?? "");
  const [parent, setParent] = useState(page?.parent ?? "");
  const save = useMutation({
    mutationFn: async () => {
      await saver.flush();
      if (!page) return request<PageView>(urls.pages(project), { body: { title: title.trim(), ...(slug ? { slug } : {}), ...(parent ? { parent } : {}) } });
      const fresh = await request<PageView>(urls.page(project, page.id));
      return request<PageView>(urls.page(project, page.id), { method: "PUT", body: { title: title.trim(), slug, parent: parent || null }, ifMatch: fresh.etag });
    },
    onSuccess: async (saved) => {
      refreshProjects();
      onClose();
      if (!page) toast(`“${saved.title}” is ready.`, { tone: "success" });
      if (!page || page.slug === current) navigate(paths.builder(project, saved.slug), { replace: page !== undefined });
      if (page?.slug === current) await saver.follow();
    },
  });
  const isInside = (one: PageView): boolean => {
    const above = pages.find((other) => other.id === one.parent);
    return one.id === page?.id || (above !== undefined && above.id !== one.id && isInside(above));
  };
  const parents = [{ value: "", title: "None: at the top" }, ...pages.filter((one) => one.slug !== "index" && !isInside(one)).map((one) => ({ value: one.id, title: one.title }))];
  const isEntry = page?.slug === "index";
  return (
    <Dialog title={page ? "Rename page" : "New page"} onClose={onClose}>
      <form className={styles["form"]} onSubmit={(event) => { event.preventDefault(); if (title.trim()) save.mutate(); }}>
        <TextField label="Title" autoFocus required value={title} onChange={(event) => setTitle(event.target.value)} />
        {!isEntry && <TextField label="Address" value={slug} placeholder={page ? undefined : "made from the title"} pattern="[a-z0-9]+(-[a-z0-9]+)*" onChange={(event) => setSlug(event.target.value)}
          help={page ? "Links inside this site follow by themselves; who asks for the old address is led to the new one." : "Lower-case letters, digits and hyphens."} />}
        {!isEntry && (page?.role ?? "page") === "page" && <SelectField label="Nested under" options={parents} value={parent} onChange={(event) => setParent(event.target.value)} />}
        {save.error && <ErrorNote error={save.error} />}
        <Button kind="primary" type="submit" busy={save.isPending} disabled={!title.trim()}>{page ? "Save" : "Create page"}</Button>
      </form>
    </Dialog>
  );
}
