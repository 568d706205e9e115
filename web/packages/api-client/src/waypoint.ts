// The shapes of photos, albums, routes and stories, under the names the studio uses. They come from the generated
// description; what is written out here only says more exactly what JSON Schema leaves open.
import type { components } from "./schema.d.ts";
import type { BaseMap, Json } from "./types.ts";

type Schemas = components["schemas"];
/** A document that was read has an ETag; one that is being made has none yet. */
type Tagged = { etag?: string };

export type Privacy = Schemas["Privacy"];
export type Location = Pick<Schemas["Location"], "lat" | "lon" | "altitude" | "direction"> & { source?: string };
export type Taken = Pick<Schemas["Taken"], "at" | "zone"> & { source?: string };
export type Marker = Pick<Schemas["Marker"], "id" | "x" | "y" | "link" | "icon" | "number"> & { label?: string; text?: Json };

export type GalleryPhoto = Pick<Schemas["PhotoView"],
  "id" | "filename" | "hash" | "extension" | "width" | "height" | "bytes" | "added_at" | "alt" | "decorative" | "title" | "caption" | "keywords" | "rating" | "creator" | "copyright" | "hidden" | "privacy" | "focus"> & {
  etag: string; taken?: Taken | null; location?: Location | null; exif?: Schemas["PhotoExif"]; waypoints?: Marker[];
  /** What its place is called. */
  place?: Pick<Schemas["PlaceName"], "country" | "country_name" | "region" | "town" | "island">;
};
/** What may be changed of a photo; what is not named stays, and nothing takes away what is there. */
export type PhotoChanges = { -readonly [Name in "title" | "alt" | "decorative" | "caption" | "keywords" | "copyright" | "creator" | "hidden" | "privacy"]?: NonNullable<Schemas["PhotoChanges"][Name]> }
  & Partial<Pick<Schemas["PhotoChanges"], "focus" | "rating">> & { taken?: Taken | null; location?: Location | null };

export type Index = Pick<Schemas["Catalogue"], "columns"> & { rows: (string | number | boolean | null)[][] };
export type Album = Pick<Schemas["AlbumView"], "id" | "title" | "description" | "by" | "photos" | "cover" | "hidden" | "privacy"> & { order?: number } & Tagged;
export type Grouping = Exclude<Schemas["AlbumKind"], "hand">;
export type TrackPoint = Schemas["TrackPoint"];
export type Track = Pick<Schemas["Track"], "id" | "name" | "source" | "drawn" | "segments" | "hidden"> & { waypoints?: Pick<Schemas["TrackWaypoint"], "lat" | "lon" | "name" | "text">[] } & Tagged;
export type HomeZone = Pick<Schemas["HomeZone"], "id" | "name" | "lat" | "lon" | "radius" | "show">;
export type GallerySettings = Pick<Schemas["WaypointSettings"], "order" | "zone" | "privacy"> & { clocks?: Pick<Schemas["ClockCorrection"], "camera" | "seconds">[]; home_zones?: HomeZone[]; base_map?: BaseMap | null } & Tagged;
export type PlaceProposal = Pick<Schemas["PlaceProposal"], "photo" | "lat" | "lon" | "differenceSeconds" | "how" | "place">;
/** Photos that look alike, or were taken in a burst; the one to keep first. */
export type Alike = Pick<Schemas["Alike"], "kind" | "photos">;
export type StoryTemplate = Schemas["StoryTemplate"];
export type Chapter = Pick<Schemas["Chapter"], "id" | "title" | "photos" | "date" | "place" | "hidden"> & { text?: Json };
export type Story = Pick<Schemas["StoryView"], "id" | "title" | "subtitle" | "tracks" | "no_route" | "cover" | "picture" | "hidden">
  & Partial<Pick<Schemas["StoryView"], "template" | "by" | "order">> & { intro?: Json; chapters: Chapter[]; unit?: string } & Tagged;
export type Watched = Pick<Schemas["WatchView"], "path"> & Partial<Pick<Schemas["WatchView"], "found" | "taken" | "refused">>;
export type NamedPlace = Schemas["NamedPlaceView"];
