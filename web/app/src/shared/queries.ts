// Server state: one key and one function for each thing the studio reads.
import { list, request, send } from "@accid/api-client/client";
import type {
  Backup, BackupSnapshot, BuildCommand, Changes, Check, CloudEntry, Connection, CredentialsState, Deployment, Disk, Environment, Health, Hosted, ModuleType, OpenedFolder, PageView, Pairing, Pattern, Performance, Photo, Project, Release, Service, Settings, Template, Theme, Timeline, TrashEntry, Video,
} from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { QueryClient, queryOptions } from "@tanstack/react-query";

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 5_000, retry: (failures, error) => failures < 2 && (error as { status?: number }).status === 0 } },
});

export const queries = {
  projects: () => queryOptions({ queryKey: ["projects"], queryFn: () => list<Project>(urls.projects) }),
  project: (id: string) => queryOptions({ queryKey: ["project", id], queryFn: () => request<Project>(urls.project(id)) }),
  /** How a folder is built, and what was built last. */
  buildCommand: (id: string) => queryOptions({ queryKey: ["project", id, "build-command"], queryFn: () => request<BuildCommand>(urls.buildCommand(id)) }),
  openedFolders: () => queryOptions({ queryKey: ["opened-folders"], queryFn: () => list<OpenedFolder>(urls.openedFolders) }),
  pages: (id: string) => queryOptions({ queryKey: ["project", id, "pages"], queryFn: () => list<PageView>(urls.listPages(id)) }),
  pagesOfRole: (id: string, role: "part" | "pattern") => queryOptions({ queryKey: ["project", id, "pages", role], queryFn: () => list<PageView>(urls.pagesOfRole(id, role)) }),
  /** Always looked at anew: anything may have changed. */
  check: (id: string) => queryOptions({ queryKey: ["project", id, "check"], queryFn: () => request<Check>(urls.check(id)), staleTime: 0, gcTime: 0 }),
  photos: (id: string) => queryOptions({ queryKey: ["project", id, "photos"], queryFn: () => list<Photo>(urls.photos(id)) }),
  videos: (id: string) => queryOptions({ queryKey: ["project", id, "videos"], queryFn: () => list<Video>(urls.videos(id)) }),
  timeline: (id: string) => queryOptions({ queryKey: ["project", id, "timeline"], queryFn: () => request<Timeline>(urls.timeline(id)) }),
  changes: (id: string, version: string) => queryOptions({ queryKey: ["project", id, "changes", version], queryFn: () => request<Changes>(urls.changes(id, version)) }),
  releases: (id: string, name: string) => queryOptions({ queryKey: ["project", id, "releases", name], queryFn: () => list<Release>(urls.releases(id, name)), staleTime: 0 }),
  deployments: (id: string, name: string) => queryOptions({ queryKey: ["project", id, "deployments", name], queryFn: () => list<Deployment>(urls.deployments(id, name)), staleTime: 0 }),
  credentials: () => queryOptions({ queryKey: ["credentials"], queryFn: () => request<CredentialsState>(urls.vaultCredentials) }),
  environments: (id: string) => queryOptions({ queryKey: ["project", id, "environments"], queryFn: () => list<Environment>(urls.environments(id)) }),
  moduleTypes: () => queryOptions({ queryKey: ["module-types"], queryFn: () => list<ModuleType>(urls.moduleTypes), staleTime: Infinity }),
  templates: () => queryOptions({ queryKey: ["templates"], queryFn: () => list<Template>(urls.templates), staleTime: Infinity }),
  patterns: () => queryOptions({ queryKey: ["patterns"], queryFn: () => list<Pattern>(urls.patterns), staleTime: Infinity }),
  themes: () => queryOptions({ queryKey: ["themes"], queryFn: () => list<Theme>(urls.themes), staleTime: Infinity }),
  trash: () => queryOptions({ queryKey: ["trash"], queryFn: () => list<TrashEntry>(urls.trash) }),
  settings: () => queryOptions({
    queryKey: ["settings"],
    queryFn: async () => { const answer = await send<Settings>(urls.settings); return { settings: answer.data, etag: answer.etag }; },
  }),
  health: () => queryOptions({ queryKey: ["health"], queryFn: () => request<Health>(urls.health) }),
  /** Asked for again while the Vault is away: what waits changes with every save. */
  connection: () => queryOptions({
    queryKey: ["connection"], queryFn: () => request<Connection>(urls.connection),
    refetchInterval: (query) => (["away", "refused", "connecting"].includes(query.state.data?.state ?? "") ? 5_000 : false),
  }),
  backup: () => queryOptions({ queryKey: ["backup"], queryFn: () => request<Backup>(urls.backup), staleTime: 0 }),
  backups: () => queryOptions({ queryKey: ["backup", "all"], queryFn: () => list<BackupSnapshot>(urls.backups), staleTime: 30_000, retry: false }),
  /** Asked for again while one of them is left alone: it comes back by itself. */
  services: () => queryOptions({
    queryKey: ["services"], queryFn: () => list<Service>(urls.services), staleTime: 0,
    refetchInterval: (query) => (query.state.data?.some((one) => one.breaker !== "closed") ? 5_000 : false),
  }),
  dropbox: (id: string) => queryOptions({ queryKey: ["dropbox", id], queryFn: () => request<Service>(urls.dropbox(id)), retry: false }),
  /** Asked for again while Dropbox is left alone: it comes back by itself. */
  dropboxFolder: (id: string, path: string) => queryOptions({
    queryKey: ["dropbox", id, "folder", path], queryFn: () => list<CloudEntry>(urls.dropboxList(id, path)), staleTime: 0, retry: false,
    refetchInterval: (query) => ((query.state.error as { status?: number } | null)?.status === 503 ? 5_000 : false),
  }),
  /** Where imgBB shows a photo, newest first. Nobody else knows the addresses that remove it, so they are kept as long as the window is. */
  hosted: (id: string, photo: string) => queryOptions({ queryKey: ["hosted", id, photo], queryFn: (): Hosted[] => [], enabled: false, staleTime: Infinity, gcTime: Infinity }),
  disk: () => queryOptions({ queryKey: ["disk"], queryFn: () => request<Disk>(urls.disk), staleTime: 0 }),
  pairings: () => queryOptions({ queryKey: ["pairings"], queryFn: () => list<Pairing>(urls.pairings), refetchInterval: 5_000 }),
  performance: () => queryOptions({ queryKey: ["performance"], queryFn: () => request<Performance>(urls.performance), refetchInterval: 5_000 }),
};

/** Fetches anew all that belongs to a project, whether it was asked for by id or by slug. */
export function refreshProjects() {
  void queryClient.invalidateQueries({ queryKey: ["projects"] });
  void queryClient.invalidateQueries({ queryKey: ["project"] });
  void queryClient.invalidateQueries({ queryKey: ["trash"] });
}
