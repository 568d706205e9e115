// What makes a page a map, and where its modules stand on it: changed without losing what is not named. Pure.
import type { ModuleDocument, ModulePlace, PageDocument, RoutePoint, Spatial, SpatialRoute } from "@accid/api-client/types";
import { newId } from "../../../shared/newId.ts";

/** Without what says no more than leaving it out. */
function tidied<T extends object>(value: T): T {
  const isEmpty = (one: unknown) => one === undefined || one === null || one === "" || one === false || (Array.isArray(one) && one.length === 0) || (typeof one === "object" && !Array.isArray(one) && Object.keys(one).length === 0);
  return Object.fromEntries(Object.entries(value).filter(([, one]) => !isEmpty(one))) as T;
}

export function withSpatial(page: PageDocument, part: Partial<Spatial>): PageDocument {
  return { ...page, spatial: tidied({ ...page.spatial, ...part }) };
}

/** An ordinary page again; its modules keep their places, in case it becomes a map once more. */
export function withoutSpatial(page: PageDocument): PageDocument {
  const { spatial: _, ...rest } = page;
  return rest;
}

/** Places a module of the page, or with null takes its place away. */
export function withPlace(page: PageDocument, id: string, part: Partial<ModulePlace> | null): PageDocument {
  const changed = (module: ModuleDocument): ModuleDocument => {
    const { place, ...rest } = module;
    const next = part === null ? {} : tidied({ ...place, ...part });
    return Object.keys(next).length > 0 ? { ...rest, place: next } : rest;
  };
  return { ...page, modules: page.modules.map((module) => (module.id === id ? changed(module) : module)) };
}

export const onEarth = (place: RoutePoint | undefined): { lat: number; lon: number } | null => (place && typeof place.lat === "number" && typeof place.lon === "number" ? { lat: place.lat, lon: place.lon } : null);
export const onPicture = (place: RoutePoint | undefined): { x: number; y: number } | null => (place && typeof place.x === "number" && typeof place.y === "number" ? { x: place.x, y: place.y } : null);
export const isPlaced = (place: ModulePlace | undefined, picture: boolean) => (picture ? onPicture(place) : onEarth(place)) !== null;

export const newRoute = (name: string, points: RoutePoint[] = []): SpatialRoute => tidied({ id: newId(), name, points, arrows: true });
export const changeRoute = (routes: readonly SpatialRoute[], id: string, part: Partial<SpatialRoute>): SpatialRoute[] => routes.map((route) => (route.id === id ? { ...tidied({ ...route, ...part }), id } : route));

/** Degrees with as many digits as a place needs: about a metre. */
export const rounded = ({ lat, lon }: { lat: number; lon: number }) => ({ lat: Number(lat.toFixed(5)), lon: Number(lon.toFixed(5)) });

/** Everything of a page but its menu can stand on the map. */
export const placeable = (modules: readonly ModuleDocument[]): ModuleDocument[] => modules.filter((module) => module.type !== "navigation");
