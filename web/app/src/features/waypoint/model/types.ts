// The shapes of what Waypoint reads and writes, as far as the studio needs them.
import type { Json } from "@accid/api-client/types";

export type Privacy = "" | "exact" | "town" | "hidden";
export interface Location { lat: number; lon: number; altitude?: number | null; direction?: number | null; source?: string }
export interface Taken { at: string; zone?: string; source?: string }
export interface Marker { id?: string; x: number; y: number; label?: string; text?: Json; link?: string; icon?: string; number?: number | null }
export interface Camera { camera?: string; lens?: string; date?: string; shutter?: string; aperture?: number | null; iso?: number | null; focal_length?: number | null; orientation?: number | null }

export interface GalleryPhoto {
  id: string; filename: string; hash: string; extension: string; width: number; height: number; bytes: number; added_at: string; etag: string;
  alt?: string; decorative?: boolean; title?: string; caption?: string; keywords?: string[]; rating?: number | null; creator?: string; copyright?: string;
  hidden?: boolean; privacy?: Privacy; taken?: Taken | null; focus?: { x: number; y: number } | null; location?: Location | null; exif?: Camera; waypoints?: Marker[];
  /** What its place is called. */
  place?: { country: string; country_name: string; region: string; town: string; island: string };
}
/** What may be changed of a photo; what is not named stays. */
export interface PhotoChanges {
  title?: string; alt?: string; decorative?: boolean; caption?: string; focus?: { x: number; y: number } | null; keywords?: string[]; rating?: number | null; copyright?: string; creator?: string;
  hidden?: boolean; privacy?: Privacy; taken?: Taken | null; location?: Location | null;
}

export interface Index { columns: string[]; rows: (string | number | boolean | null)[][] }
export interface Facet { value: string; title?: string; count: number }
export interface Album {
  id: string; title: string; description?: string; by: "hand" | "day" | "town" | "country" | "cluster"; photos: string[]; cover?: string | null; order?: number; hidden?: boolean; privacy?: Privacy; etag?: string;
}
export type Grouping = "day" | "town" | "country" | "cluster";
export interface TrackPoint { lat: number; lon: number; altitude?: number | null; time?: string | null }
export interface Track {
  id: string; name: string; source?: string; drawn?: boolean; segments: TrackPoint[][]; waypoints?: { lat: number; lon: number; name: string; text?: string }[]; hidden?: boolean; etag?: string;
}
export interface HomeZone { id: string; name: string; lat: number; lon: number; radius: number; show: "town" | "hidden" }
export interface GallerySettings {
  order?: string[]; clocks?: { camera: string; seconds: number }[]; zone?: string; home_zones?: HomeZone[]; privacy?: Privacy; online_map?: string | null; etag?: string;
}
export interface PlaceProposal { photo: string; lat: number; lon: number; differenceSeconds: number; how: "track" | "neighbours"; place?: string }
/** Photos that look alike, or were taken in a burst; the one to keep first. */
export interface Alike { kind: string; photos: string[] }
export type StoryTemplate = "timeline" | "grid" | "mystery-dots" | "map" | "slideshow";
export interface Chapter { id: string; title?: string; text?: Json; photos: string[]; date?: string; place?: string; hidden?: boolean }
export interface Story {
  id: string; title: string; subtitle?: string; intro?: Json; template?: StoryTemplate; by?: "day" | "place" | "hand"; chapters: Chapter[]; tracks?: string[]; no_route?: boolean;
  cover?: string | null; picture?: string | null; unit?: string; order?: number; hidden?: boolean; etag?: string;
}
export interface Watched { path: string; found?: boolean; taken?: number; refused?: { name: string; reason: string }[] }
export interface NamedPlace { name: string; kind: string; country: string; country_name: string; code: string; lat: number; lon: number }
