// The part of the world that the map of a page shows, as a map one can move: from what the page says, or around its places.
import { request, requestText } from "@accid/api-client/client";
import type { PageDocument } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { useQuery } from "@tanstack/react-query";
import { boundsOf, roomy, world, type Bounds } from "../../../shared/map/areas.ts";
import { readMap } from "../../../shared/map/mapSvg.ts";
import { onEarth } from "./spatial.ts";

function placesOf(page: PageDocument) {
  const routes = (page.spatial?.routes ?? []).flatMap((route) => route.points ?? []);
  return [...page.modules.map((module) => module.place), ...routes].flatMap((place) => onEarth(place) ?? []);
}

/** `seen`: another part of the world that is looked at just now. */
export function useSheet(page: PageDocument, seen: Bounds | null) {
  const spatial = page.spatial ?? {};
  const code = spatial.area ?? "";
  const area = useQuery({
    queryKey: ["area-bounds", code], enabled: code !== "" && !spatial.bounds && !seen, staleTime: Infinity,
    queryFn: async () => (await request<{ items: { id: string; bounds: Bounds }[] }>(`${urls.areas}?filter=id:${encodeURIComponent(code)}&perPage=200`)).items.find((item) => item.id === code)?.bounds ?? world,
  });
  const own = spatial.bounds ? { west: spatial.bounds[0], south: spatial.bounds[1], east: spatial.bounds[2], north: spatial.bounds[3] } : null;
  const around = boundsOf(placesOf(page));
  const bounds = seen ?? own ?? (code ? area.data ?? null : around ? roomy(around) : world);
  const projection = seen ? "" : spatial.projection ?? "";
  return useQuery({ queryKey: ["sheet", bounds, projection], enabled: bounds !== null, staleTime: Infinity, placeholderData: (before) => before, queryFn: async () => readMap(await requestText(urls.worldMap(bounds ?? world, 1600, "high", projection))) });
}
