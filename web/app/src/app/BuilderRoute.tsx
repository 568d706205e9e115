// Opens a project's page in the builder and hands it what other features bring: history, export, publishing.
import { request } from "@accid/api-client/client";
import type { PageView } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { EmptyState, ErrorNote } from "@accid/ui/Feedback";
import { useMutation, useQuery } from "@tanstack/react-query";
import { FilePlus2, FileQuestion } from "lucide-react";
import { useEffect } from "react";
import { Builder } from "../features/builder/Builder.tsx";
import { useMay } from "../shared/abilities.ts";
import { queries, refreshProjects } from "../shared/queries.ts";
import { Link, navigate, paths } from "../shared/router.tsx";
import { BuilderActions } from "./BuilderActions.tsx";
import { ReadOnly } from "./ReadOnly.tsx";
import { Shell } from "./Shell.tsx";

function NoPages({ project, mayEdit }: { project: string; mayEdit: boolean }) {
  const create = useMutation({
    mutationFn: () => request<PageView>(urls.pages(project), { body: { title: "Home", slug: "index" } }),
    onSuccess: refreshProjects,
  });
  return (
    <EmptyState icon={<FilePlus2 />} title="This project has no pages yet" action={mayEdit && <Button kind="primary" busy={create.isPending} onClick={() => create.mutate()}>Make the first page</Button>}>
      <p>The first page is the one visitors see first. Words, pictures and more pages come after it.</p>
      {create.error && <ErrorNote error={create.error} />}
    </EmptyState>
  );
}

const galleryViews = ["map", "albums", "story"];

export function BuilderRoute({ project: id, page: slug }: { project: string; page: string | null }) {
  const mayEdit = useMay()("edit-pages");
  const project = useQuery(queries.project(id));
  const pages = useQuery(queries.pages(id));
  const types = useQuery(queries.moduleTypes());
  const wanted = slug ?? pages.data?.find((page) => page.slug === "index")?.slug ?? pages.data?.[0]?.slug ?? null;
  const page = useQuery({
    queryKey: ["open-page", id, wanted],
    queryFn: () => request<PageView>(urls.page(id, wanted ?? "")),
    // A view of a photo story is no page; whether it is one, the project says.
    enabled: wanted !== null && (project.data !== undefined ? project.data.type !== "gallery" : !galleryViews.includes(wanted)), staleTime: Infinity, gcTime: 0,
  });
  const isWebsite = project.data !== undefined && project.data.type !== "gallery";
  useEffect(() => { if (slug === null && wanted && isWebsite) navigate(paths.builder(id, wanted), { replace: true }); }, [id, slug, wanted, isWebsite]);
  const name = project.data?.name ?? id;
  useEffect(() => { document.title = `${page.data?.title ? `${page.data.title} · ` : ""}${name} · ACCID`; }, [name, page.data?.title]);

  const error = project.error ?? pages.error ?? types.error ?? page.error;
  if (error && !page.data) {
    return (
      <Shell title={name} hiddenHeading>
        <ErrorNote error={error} action={<Link to={paths.dashboard}>To the projects</Link>} />
        {slug !== null && !project.error && <EmptyState icon={<FileQuestion />} title="This page is not here" action={<Link to={paths.builder(id)}>To the first page</Link>}><p>Maybe it was renamed or is in the trash.</p></EmptyState>}
      </Shell>
    );
  }
  if (pages.data?.length === 0 && isWebsite) return <Shell title={name} hiddenHeading><NoPages project={id} mayEdit={mayEdit} /></Shell>;
  if (!project.data || !types.data || !page.data) return <main aria-busy="true"><h1 className="visually-hidden">Opening {name}</h1></main>;
  if (!mayEdit) return <ReadOnly project={project.data} pages={pages.data ?? []} page={page.data} />;
  return (
    <Builder key={page.data.id} project={project.data} page={page.data} types={types.data}
      actions={(tools) => <BuilderActions project={project.data} {...tools} />} />
  );
}
