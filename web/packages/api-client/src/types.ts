// The shapes that the API answers with, as the studio uses them.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export type ProjectType = "html" | "gallery" | "tutorial" | "react";
export interface Finding { code: string; severity: "note" | "warning" | "error"; message: string; path?: string; pointer?: string; module?: string }
export interface EnvironmentDocument { url: string; public_url?: string }
export interface SiteDocument { title: string; description?: string; language?: string; base_url?: string; author?: string }
export interface ThemeChoice { name?: string; mode?: "auto" | "light" | "dark"; tokens?: Record<string, string> }

export interface Project {
  id: string; slug: string; name: string; type: ProjectType; created_at: string; updated_at?: string;
  site: SiteDocument; theme: ThemeChoice; environments: Record<string, EnvironmentDocument>;
  pages: number; photos: number; etag: string; findings?: Finding[];
}

export interface StyleValues { [key: string]: Json | undefined }
export interface ModuleDocument {
  id: string; type: string; version: number; props: JsonObject;
  layout?: { width?: string; align?: string };
  style?: { desktop?: StyleValues; tablet?: StyleValues; phone?: StyleValues };
  visibility?: { published?: boolean; phone?: boolean; tablet?: boolean; desktop?: boolean };
  anchor?: string;
  children?: ModuleDocument[];
}

/** A page as it is stored: what the editor works on. */
export interface PageDocument {
  id: string; slug: string; title: string; parent?: string | null; order?: number; schema_version?: number;
  navigation?: { show: boolean; label?: string };
  language?: string;
  seo?: { title?: string; description?: string; canonical?: string; hidden?: boolean };
  modules: ModuleDocument[];
}
/** A page as the API answers it: the document with what follows from it. */
export interface PageView extends PageDocument { path: string; etag: string; findings?: Finding[] }

export interface ModuleType {
  type: string; title: string; description: string; icon: string; version: number; nests: boolean;
  schema: JsonSchema; example: JsonObject;
}
export interface JsonSchema {
  $ref?: string; $defs?: Record<string, JsonSchema>; type?: string | string[]; title?: string; description?: string;
  enum?: Json[]; const?: Json; default?: Json; properties?: Record<string, JsonSchema>; items?: JsonSchema;
  required?: string[]; minimum?: number; maximum?: number; maxLength?: number; minItems?: number; maxItems?: number;
  oneOf?: JsonSchema[]; anyOf?: JsonSchema[]; allOf?: JsonSchema[]; format?: string; additionalProperties?: boolean | JsonSchema;
  "x-accid-editor"?: string; "x-accid-choices"?: string[]; "x-accid-labels"?: string[]; "x-accid-suggestions"?: string[]; "x-accid-group"?: string;
}

export interface Photo {
  id: string; filename: string; hash: string; extension: string; width: number; height: number; bytes: number;
  alt?: string; caption?: string; thumbnail?: string; etag?: string;
}
export interface Upload { items: Photo[]; refused: { name: string; reason: string }[] }

export interface Version {
  id: string; at: string; started_at: string; author: string; message: string;
  kind: "automatic" | "named" | "outside"; changes: number; paths: string[];
}
export interface Restored { version: string; change: string | null; note: string; paths: string[] }

export interface TrashEntry {
  entry: string; kind: "project" | "page" | "module" | "photo"; project: string; label: string;
  removed_at: string; removed_by: string;
}

export interface Environment { name: string; url: string; public_url: string }
export interface PublishPlan { added: PlannedFile[]; changed: PlannedFile[]; removed: PlannedFile[]; unchanged: number; bytes: number }
export type PlannedFile = string | { path: string; bytes?: number };
export interface Published { release: string; uploaded: number; removed: number; bytes: number; url: string }
export interface Exported { path: string; files: number; bytes: number; findings: Finding[] }
export interface JobStarted { job: string }
export interface Job {
  id: string; kind: string; state: "running" | "done" | "failed" | "cancelled"; done: number; total: number;
  message: string; result?: Json; problem?: string | Problem;
}

export interface Settings { host: string; port: number; log: string; retention: { automatic: number; daily_days: number }; etag?: string; [key: string]: Json | undefined }
export interface Health { status: string; mode: string; version: string; instance: string; roles: string[]; program?: string }
export interface Performance { cpu: number; memory: number; uptime: number; [key: string]: Json }
export interface Validation { files: number; findings: Finding[] }
export interface Theme { name: string; title: string; description: string }

export interface List<T> { items: T[]; page: number; perPage: number; total: number }

/** RFC 9457, as ACCID sends it. */
export interface Problem {
  type?: string; title: string; status: number; detail?: string; error: string; code?: string;
  errors?: { pointer: string; message: string }[]; current?: Json;
}

export type PatchOperation =
  | { op: "add" | "replace" | "test"; path: string; value: Json }
  | { op: "remove"; path: string }
  | { op: "move" | "copy"; from: string; path: string };
