// Every address of the server, in one place.
const part = encodeURIComponent;
const project = (id: string) => `/api/projects/${part(id)}`;

export const urls = {
  health: "/api/health",
  me: "/api/me",
  performance: "/api/system/performance",
  validate: "/api/validation/run",
  repair: "/api/validation/repair",
  settings: "/api/settings",
  events: "/api/events",
  moduleTypes: "/api/module-types",
  themes: "/api/themes",
  templates: "/api/templates",
  /** The site that a project from this template would be. */
  templatePreview: (template: string) => `/api/templates/${part(template)}/preview/index.html`,
  patterns: "/api/patterns",
  /** The pattern as the only page of a site. */
  patternPreview: (pattern: string) => `/api/patterns/${part(pattern)}/preview/index.html`,
  docs: "/api/docs",
  projects: "/api/projects",
  createProject: "/api/projects",
  project,
  duplicateProject: (id: string) => `${project(id)}/duplicate`,
  pages: (id: string) => `${project(id)}/pages`,
  listPages: (id: string) => `${project(id)}/pages?fields=slug,title,parent,order,path`,
  /** Reusable parts or patterns of one's own. */
  pagesOfRole: (id: string, role: "part" | "pattern") => `${project(id)}/pages?role=${role}`,
  check: (id: string) => `${project(id)}/check`,
  page: (id: string, page: string) => `${project(id)}/pages/${part(page)}`,
  render: (id: string, page: string) => `${project(id)}/pages/${part(page)}/render`,
  applyPattern: (id: string, page: string) => `${project(id)}/pages/${part(page)}/apply-pattern`,
  environments: (id: string) => `${project(id)}/environments`,
  environment: (id: string, name: string) => `${project(id)}/environments/${part(name)}`,
  publish: (id: string, name: string) => `${project(id)}/publish/${part(name)}`,
  exportStatic: (id: string) => `/api/html-builder/${part(id)}/export-static`,
  job: (job: string) => `/api/jobs/${part(job)}`,
  snapshot: (id: string) => `${project(id)}/time-machine/snapshot`,
  versions: (id: string) => `${project(id)}/time-machine/snapshots`,
  changes: (id: string, version: string) => `${project(id)}/time-machine/snapshots/${part(version)}/changes`,
  restoreVersion: (id: string) => `${project(id)}/time-machine/restore`,
  trashObject: (id: string) => `${project(id)}/trash`,
  restoreTrash: (id: string) => `${project(id)}/restore`,
  trash: "/api/trash",
  emptyTrash: "/api/trash/empty",
  photos: (id: string) => `/api/gallery/${part(id)}/photos`,
  uploadPhotos: (id: string) => `/api/gallery/${part(id)}/photos/upload`,
  /** The bytes of a picture as they came. */
  originalPhoto: (id: string, photo: string) => `/api/gallery/${part(id)}/photos/${part(photo)}/original`,
  photo: (id: string, photo: string) => `/api/gallery/${part(id)}/photos/${part(photo)}`,
  /** A page as the export will show it, with the marks the editor needs. */
  canvas: (id: string, path: string, language = "") => `/canvas/${part(id)}/${path}${language ? `?language=${part(language)}` : ""}`,
  /** A page as it was. */
  history: (id: string, version: string, path: string) => `/history/${part(id)}/${part(version)}/${path}`,
};
