// What is open of a gallery: which view, which photos are looked for and chosen. Lives as long as the project is open.
import { createContext, useContext } from "react";
import { createStore, useStore, type StoreApi } from "zustand";
import { noFilter, type Filter } from "./rows.ts";
import { nothing, type Selection } from "./selection.ts";

export type ViewName = "photos" | "map" | "albums" | "story";
export const views: ViewName[] = ["photos", "map", "albums", "story"];

export interface GalleryState {
  project: string;
  view: ViewName;
  filter: Filter;
  selection: Selection;
  /** The photo that is looked at in large. */
  stage: string | null;
  /** Whether the panel beside the photos is shown. */
  details: boolean;
  lineHeight: number;
}
export type Gallery = StoreApi<GalleryState>;

const sizeKey = "accid.waypoint.size";
export const sizes = { least: 90, most: 340, usual: 180 };

function readSize(): number {
  const kept = Number(localStorage.getItem(sizeKey));
  return kept >= sizes.least && kept <= sizes.most ? kept : sizes.usual;
}

export const createGallery = (project: string, view: ViewName): Gallery =>
  createStore<GalleryState>(() => ({ project, view, filter: noFilter, selection: nothing, stage: null, details: true, lineHeight: readSize() }));

export function setLineHeight(gallery: Gallery, lineHeight: number) {
  gallery.setState({ lineHeight });
  try { localStorage.setItem(sizeKey, String(lineHeight)); } catch { /* The size is chosen anew the next time. */ }
}

export const GalleryContext = createContext<Gallery | null>(null);

export function useGalleryStore(): Gallery {
  const gallery = useContext(GalleryContext);
  if (!gallery) throw new Error("This part belongs inside an open gallery.");
  return gallery;
}
export const useGallery = <T>(read: (state: GalleryState) => T): T => useStore(useGalleryStore(), read);

export const search = (gallery: Gallery, part: Partial<Filter>) => gallery.setState((state) => ({ filter: { ...state.filter, ...part } }));
export const select = (gallery: Gallery, change: (now: Selection) => Selection) => gallery.setState((state) => ({ selection: change(state.selection) }));
