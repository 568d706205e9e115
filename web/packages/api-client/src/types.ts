// The shapes that the API answers with, under the names the studio uses. They come from the generated description; what
// is written out here only says more exactly what JSON Schema leaves open.
import type { components } from "./schema.d.ts";

type Schemas = components["schemas"];

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export type ProjectType = Schemas["ProjectType"];
export type Finding = Schemas["Finding"];
export type Project = Schemas["ProjectView"];
export type Site = Project["site"] & { languages?: string[]; hidden?: boolean };
export type ThemeChoice = Project["theme"];
/** A built-in theme; the names of its tokens say what they are of: `color-…`, `dark-color-…`, `font-…`. */
export type Theme = Omit<Schemas["ThemeView"], "tokens"> & { tokens: Record<string, string> };

/** `type` is the kind of project it makes; a site when an older ACCID does not say. */
export type Template = Schemas["TemplateView"] & { type?: ProjectType };
export type Pattern = Schemas["PatternView"];

export interface StyleValues { [key: string]: Json | undefined }
/** A module as it is stored: what the editor works on. */
export type ModuleDocument = Pick<Schemas["Module"], "id" | "type" | "version" | "anchor"> & {
  props: JsonObject;
  layout?: Pick<Schemas["Layout"], "width" | "align">;
  style?: Partial<Record<"desktop" | "tablet" | "phone", StyleValues>>;
  visibility?: Partial<Pick<Schemas["Visibility"], "published" | "phone" | "tablet" | "desktop">>;
  css?: string;
  translations?: Record<string, Record<string, Translation>>;
  /** Where it stands on the map of its page. */
  place?: ModulePlace;
  children?: ModuleDocument[];
};
/** A place on Earth, or one on the page's own picture in percent from the left and the top. */
export type ModulePlace = { lat?: number; lon?: number; x?: number; y?: number; label?: string; icon?: string; number?: number; date?: string };
export type RoutePoint = Pick<ModulePlace, "lat" | "lon" | "x" | "y" | "date">;
export type SpatialRoute = { id: string; name?: string; points?: RoutePoint[]; track?: string; arrows?: boolean; dates?: boolean; dashed?: boolean };
/** What makes a page a map. */
/** A map made elsewhere, below the pins. */
export type BaseMap = { address?: string; credit?: string; file?: string | null; file_name?: string };
export type Spatial = {
  base_map?: BaseMap;
  area?: string; picture?: JsonObject & { photo: string }; projection?: string; detail?: string; bounds?: [number, number, number, number];
  look?: Partial<Record<"land" | "sea" | "border" | "route", string>>; routes?: SpatialRoute[]; height?: string; label?: string; names?: boolean;
};
/** A text in another language; `of` says which source text it was made from. */
export interface Translation { value: Json; of?: string }
export type PageTranslation = Partial<Record<"title" | "slug" | "navigation_label" | "seo_title" | "seo_description" | "map_label", string>> & { routes?: Record<string, string> };
/** A page as it is stored. */
export type PageDocument = Pick<Schemas["Page"], "id" | "slug" | "title" | "parent" | "language"> & {
  role?: "page" | "part" | "pattern";
  kind?: string;
  date?: string;
  author?: string;
  order?: number;
  tags?: string[];
  facts?: Partial<Record<"end" | "place" | "price" | "currency", string>>;
  translations?: Record<string, PageTranslation>;
  navigation?: Pick<Schemas["Navigation"], "show" | "label">;
  seo?: Pick<Schemas["PageSeo"], "title" | "description" | "canonical" | "hidden"> & { image?: JsonObject & { photo: string } };
  css?: string;
  spatial?: Spatial;
  modules: ModuleDocument[];
};
/** A page as the API answers it: the document with what follows from it. */
export type PageView = PageDocument & { path: string; etag: string; findings?: Finding[] };
export type RenderView = Omit<Schemas["RenderView"], "findings"> & { findings?: Finding[] };

export type ModuleType = Omit<Schemas["ModuleTypeView"], "schema" | "example"> & { schema: JsonSchema; example: JsonObject };
/** What ACCID uses of JSON Schema, with its own hints for editors. */
export interface JsonSchema {
  $ref?: string; $defs?: Record<string, JsonSchema>; type?: string | string[]; title?: string; description?: string;
  enum?: Json[]; const?: Json; default?: Json; properties?: Record<string, JsonSchema>; items?: JsonSchema;
  required?: string[]; minimum?: number; maximum?: number; maxLength?: number; minItems?: number; maxItems?: number;
  oneOf?: JsonSchema[]; anyOf?: JsonSchema[]; allOf?: JsonSchema[]; format?: string; additionalProperties?: boolean | JsonSchema;
  "x-accid-editor"?: string; "x-accid-choices"?: string[]; "x-accid-labels"?: string[]; "x-accid-suggestions"?: string[]; "x-accid-translatable"?: boolean;
  /** Fields that fold away together, under this title. */
  "x-accid-group"?: string;
  /** The values of other fields beside it for which the field means something. */
  "x-accid-when"?: Record<string, string[]>;
}

/** What is said of a photo in one of the site's other languages. */
export interface PhotoWords { alt?: string; caption?: string }
/** A film of a project. */
export interface Video { id: string; filename: string; width: number; height: number; seconds: number; bytes: number; path: string; etag: string }
export type Photo = Schemas["PhotoView"] & { translations?: Record<string, PhotoWords> };
export type Upload = Schemas["UploadView"];
export type Version = Schemas["VersionView"];
/** A whole history at a glance. */
export type Timeline = Schemas["TimelineView"];
export type RetentionRules = Required<Pick<Schemas["Retention"], "automatic" | "daily_days" | "max_days" | "max_megabytes">>;
export type RetentionState = Schemas["RetentionView"];
export type Thinning = Schemas["ThinningView"];
export type HistorySpace = Schemas["HistorySpaceView"];
export type GitExported = Schemas["GitExportView"];
export type ProjectZip = Schemas["ProjectZipView"];
export type ProjectFacts = Schemas["ProjectFactsView"];
export type Restored = Schemas["RestoredView"];
export type Changes = Schemas["ChangesView"];
export type PageChange = Schemas["PageChange"];
export type ModuleChange = Schemas["ModuleChange"];
export type DocumentChange = Schemas["DocumentChange"];
export type TrashEntry = Schemas["TrashView"];
export type Environment = Schemas["EnvironmentView"];
/** Something to look at before publishing. */
export interface CheckItem { code: string; severity: Finding["severity"]; message: string; fix?: string; page?: string | null; page_title?: string; page_slug?: string; module?: string | null; pointer?: string }
export interface Check { items: CheckItem[]; counts: Record<"errors" | "warnings" | "notes", number>; languages: { language: string; texts: number; translated: number }[] }
export type PublishPlan = Schemas["PlanView"];
export type Release = Schemas["ReleaseView"];
export type Deployment = Schemas["Deployment"];
export type CredentialsState = Schemas["CredentialsView"];
/** What a visitor sees at the public address after publishing. */
export type Seen = Schemas["Seen"];
export interface Published { release: string; uploaded: number; removed: number; bytes: number; url: string; seen?: Seen | null }
export type Exported = Schemas["ExportAnswer"];
export type Backup = Schemas["BackupView"];
export type BackupPlace = Schemas["BackupPlaceView"];
export type BackupRun = Schemas["BackupRun"];
export type DrillRun = Schemas["DrillRun"];
export type BackupSnapshot = Schemas["BackupSnapshotView"];
export type BackupItem = Schemas["BackupItemView"];
export type BackupRestored = Schemas["BackupRestoredView"];
export type BackupThinning = Schemas["BackupThinningView"];
export type Job = Schemas["JobView"];
export type Emptied = Schemas["EmptiedView"];
export type JobLog = Schemas["JobLogView"];
export type BuildCommand = Schemas["BuildCommandView"];
export type OpenedFolder = Schemas["OpenedFolderView"];
export type Settings = Schemas["SettingsView"];
/** Who asks, and the permissions they have. */
export type Me = Schemas["MeView"];
export type Health = Schemas["HealthView"];
export type Performance = Schemas["Performance"];
export type RepairProposal = Schemas["RepairProposal"];
export type Disk = Schemas["DiskView"];
export type Cleaned = Schemas["CleanedView"];
export type LogLine = Schemas["LogLine"];
export type Log = Schemas["LogView"];
/** Dropbox or imgBB: who is connected, whether the sign-in holds, and whether it answers. */
export type Service = Schemas["ServiceView"];
export type CloudEntry = Schemas["CloudEntryView"];
export type Imported = Schemas["ImportedView"];
export type SentAway = Schemas["SentView"];
export type Hosted = Schemas["HostedView"];
/** How this process stands to a Vault of another one. */
export type Connection = Schemas["ConnectionView"];
export type Pairing = Schemas["PairingView"];
/** A pairing with its token, which is shown this once. */
export type Paired = Schemas["PairedView"];
export type Validation = Schemas["ValidationView"];
export type Repair = Schemas["RepairView"];

export interface List<T> { items: T[]; page: number; perPage: number; total: number }

/** RFC 9457, as ACCID sends it; what only the studio itself reports has less. */
export type Problem = Pick<Schemas["Problem"], "title" | "status" | "error"> & Partial<Schemas["Problem"]>;

export type PatchOperation =
  | { op: "add" | "replace" | "test"; path: string; value: Json }
  | { op: "remove"; path: string }
  | { op: "move" | "copy"; from: string; path: string };
