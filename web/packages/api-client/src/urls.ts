// Every address of the server, in one place.
const part = encodeURIComponent;
const project = (id: string) => `/api/projects/${part(id)}`;
const gallery = (id: string) => `/api/gallery/${part(id)}`;
const query = (values: Record<string, string | number | undefined>) => {
  const pairs = Object.entries(values).filter(([, value]) => value !== undefined && value !== "").map(([name, value]) => `${name}=${part(String(value))}`);
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
};

export const urls = {
  health: "/api/health",
  me: "/api/me",
  performance: "/api/system/performance",
  disk: "/api/system/disk",
  cleanUp: "/api/system/clean-up",
  log: (level: string, text: string, after: number) => `/api/system/log${query({ level, q: text, after })}`,
  supportBundle: "/api/system/support-bundle",
  /** The Vault of another process that this tool hands its projects to. */
  connection: "/api/system/vault",
  retryConnection: "/api/system/vault/retry",
  /** Tools of other processes that are paired with this Vault. */
  pairings: "/api/vault/pairings",
  pairing: (pairing: string) => `/api/vault/pairings/${part(pairing)}`,
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
  listPages: (id: string) => `${project(id)}/pages?fields=slug,title,parent,order,path,kind`,
  /** The patterns that were kept in a project. */
  ownPatterns: (id: string) => `${project(id)}/patterns`,
  /** Reusable parts or patterns of one's own. */
  pagesOfRole: (id: string, role: "part" | "pattern") => `${project(id)}/pages?role=${role}`,
  check: (id: string) => `${project(id)}/check`,
  page: (id: string, page: string) => `${project(id)}/pages/${part(page)}`,
  render: (id: string, page: string) => `${project(id)}/pages/${part(page)}/render`,
  applyPattern: (id: string, page: string) => `${project(id)}/pages/${part(page)}/apply-pattern`,
  environments: (id: string) => `${project(id)}/environments`,
  environment: (id: string, name: string) => `${project(id)}/environments/${part(name)}`,
  publish: (id: string, name: string) => `${project(id)}/publish/${part(name)}`,
  credentials: (id: string, name: string) => `${project(id)}/ftp-credentials/${part(name)}`,
  pin: (id: string, name: string) => `${project(id)}/environments/${part(name)}/pin`,
  releases: (id: string, name: string) => `${project(id)}/releases/${part(name)}`,
  deployments: (id: string, name: string) => `${project(id)}/deployments/${part(name)}`,
  rollback: (id: string, name: string) => `${project(id)}/rollback/${part(name)}`,
  vaultCredentials: "/api/vault/credentials",
  unlock: "/api/vault/credentials/unlock",
  lock: "/api/vault/credentials/lock",
  protection: "/api/vault/credentials/protection",
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
  videos: (id: string) => `/api/projects/${part(id)}/videos`,
  addVideo: (id: string, name: string) => `/api/projects/${part(id)}/videos?name=${encodeURIComponent(name)}`,
  video: (id: string, video: string) => `/api/projects/${part(id)}/videos/${part(video)}`,
  photos: (id: string) => `/api/gallery/${part(id)}/photos`,
  uploadPhotos: (id: string) => `/api/gallery/${part(id)}/photos/upload`,
  /** The bytes of a picture as they came. */
  originalPhoto: (id: string, photo: string) => `/api/gallery/${part(id)}/photos/${part(photo)}/original`,
  photo: (id: string, photo: string) => `/api/gallery/${part(id)}/photos/${part(photo)}`,
  photoOrder: (id: string) => `${gallery(id)}/photos/reorder`,
  /** A photo in a size of its own: 320, 1280 or 2048 pixels at its longer side. `revision` tells one content from another. */
  picture: (id: string, photo: string, size: 320 | 1280 | 2048) => `${gallery(id)}/photos/${part(photo)}/picture/${size}`,
  original: (id: string, photo: string) => `${gallery(id)}/photos/${part(photo)}/original`,
  sidecar: (id: string, photo: string) => `${gallery(id)}/photos/${part(photo)}/sidecar`,
  annotations: (id: string, photo: string) => `${gallery(id)}/photos/${part(photo)}/annotations`,
  uploads: (id: string) => `${gallery(id)}/uploads`,
  upload: (id: string, upload: string) => `${gallery(id)}/uploads/${part(upload)}`,
  photoIndex: (id: string) => `${gallery(id)}/index`,
  facets: (id: string) => `${gallery(id)}/facets`,
  duplicates: (id: string) => `${gallery(id)}/duplicates`,
  locations: (id: string) => `${gallery(id)}/locations/update`,
  saveWaypoints: (id: string) => `${gallery(id)}/waypoints/save`,
  albums: (id: string) => `${gallery(id)}/albums`,
  album: (id: string, album: string) => `${gallery(id)}/albums/${part(album)}`,
  proposeAlbums: (id: string) => `${gallery(id)}/albums/propose?perPage=200`,
  makeAlbums: (id: string) => `${gallery(id)}/albums/from?perPage=200`,
  tracks: (id: string) => `${gallery(id)}/tracks`,
  track: (id: string, track: string) => `${gallery(id)}/tracks/${part(track)}`,
  placeByTime: (id: string) => `${gallery(id)}/tracks/place`,
  gallerySettings: (id: string) => `${gallery(id)}/settings`,
  watched: (id: string) => `${gallery(id)}/watch`,
  unwatch: (id: string, path: string) => `${gallery(id)}/watch${query({ path })}`,
  placesFile: (id: string, format: "gpx" | "kml" | "geojson") => `${gallery(id)}/places.${format}`,
  stories: (id: string) => `${gallery(id)}/stories`,
  story: (id: string, story: string) => `${gallery(id)}/stories/${part(story)}`,
  arrangeStory: (id: string, story: string) => `${gallery(id)}/stories/${part(story)}/arrange`,
  storyToPages: (id: string, story: string) => `${gallery(id)}/stories/${part(story)}/page`,
  /** A story as its visitors will see it. */
  storyTemplate: (id: string, template: string, story: string, revision = "") => `${gallery(id)}/template/${part(template)}${query({ story, revision })}`,
  storyZip: (id: string, story = "", template = "") => `${gallery(id)}/export${query({ story, template })}`,
  areas: "/api/spatial/countries",
  /** A country or region as SVG. */
  areaMap: (code: string, width: number, detail: string) => `/api/spatial/countries/${part(code)}${query({ width, detail })}`,
  /** Any part of the world as SVG. */
  worldMap: (bounds: { west: number; south: number; east: number; north: number }, width: number, detail: string, projection = "") => `/api/spatial/map${query({ ...bounds, width, detail, projection })}`,
  places: (typed: string) => `/api/spatial/places${query({ q: typed })}`,
  spatial: (id: string, page: string) => `${project(id)}/pages/${part(page)}/spatial`,
  spatialMap: (id: string, page: string) => `${project(id)}/pages/${part(page)}/spatial/map`,
  /** A page as the export will show it, with the marks the editor needs. */
  canvas: (id: string, path: string, language = "") => `/canvas/${part(id)}/${path}${language ? `?language=${part(language)}` : ""}`,
  /** A page as it was. */
  history: (id: string, version: string, path: string) => `/history/${part(id)}/${part(version)}/${path}`,
};
