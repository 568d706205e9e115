// Versions by their place in the history, fetched in windows around what is looked at.
import { request } from "@accid/api-client/client";
import type { List, Version } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { useQueries } from "@tanstack/react-query";
import { windowSize } from "./timeline.ts";

export function useVersions(project: string, moments: number[], from: number, to: number): (place: number) => Version | undefined {
  const isKnown = Number.isFinite(from) && moments.length > 0;
  const [first, last] = isKnown ? [Math.floor(Math.max(0, from) / windowSize), Math.floor(to / windowSize)] : [0, -1];
  const windows = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  // Another history has other windows: its places mean other versions.
  const state = `${moments.length}-${moments[0] ?? 0}`;
  const answers = useQueries({
    queries: windows.map((window) => ({
      queryKey: ["project", project, "versions", window, state],
      queryFn: () => request<List<Version>>(urls.versionWindow(project, window + 1, windowSize)),
      staleTime: 60_000,
    })),
  });
  return (place) => {
    const index = windows.indexOf(Math.floor(place / windowSize));
    return answers[index]?.data?.items[place % windowSize];
  };
}
