// Where a small picture of a photo is found.
import type { Photo } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";

export function thumbnailOf(project: string, photo: Photo): string {
  const path = photo.thumbnail ?? "";
  return path.startsWith("/") ? path : urls.canvas(project, path);
}
