// Saves what was tried about the whole site.
import { ApiError, request } from "@accid/api-client/client";
import type { Project, Site, ThemeChoice } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { useMutation } from "@tanstack/react-query";
import { toast } from "../../../shared/announce.ts";
import { queries, queryClient, refreshProjects } from "../../../shared/queries.ts";
import { setDraft, useDrafts } from "./drafts.ts";

export function useSaveProject(project: Project) {
  return useMutation({
    mutationFn: (body: { theme: ThemeChoice } | { site: Site }) => request<Project>(urls.project(project.id), { method: "PUT", body, ifMatch: project.etag }),
    onSuccess: (saved, body) => {
      queryClient.setQueryData(queries.project(project.slug).queryKey, saved);
      // What was changed while it was being saved is still a draft.
      const { theme, site } = useDrafts.getState();
      if ("theme" in body ? theme === body.theme : site === body.site) setDraft(project.slug, "theme" in body ? { theme: null } : { site: null });
      refreshProjects();
      toast("theme" in body ? "The site has its new look." : "The site's settings are saved.", { tone: "success" });
    },
    // Somebody else changed the project: with its newest state the next try can succeed.
    onError: (error) => { if (error instanceof ApiError && error.status === 412) refreshProjects(); },
  });
}
