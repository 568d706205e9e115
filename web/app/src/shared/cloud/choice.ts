// Which pictures are chosen, in words, and what came of taking them in.
import type { Imported } from "@accid/api-client/types";
import { formatCount } from "../format.ts";

const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/")).toLowerCase();

/** What is chosen that this folder does not show; nothing when it shows all. Dropbox tells no capital from a small letter. */
export function chosenElsewhere(chosen: readonly string[], folder: string): string {
  const away = chosen.filter((path) => folderOf(path) !== folder.toLowerCase());
  if (away.length === 0) return "";
  const where = new Set(away.map(folderOf)).size > 1 ? "other folders" : "another folder";
  return away.length === chosen.length ? `${formatCount(away.length, "picture")} chosen in ${where}` : `${formatCount(chosen.length, "picture")}, ${away.length} of them in ${where}`;
}

/** In a sentence or two; nothing when all came, which a notice tells. */
export function outcomeOf({ taken, refused }: Imported): { sentence: string; failed: Imported["refused"] } {
  const failed = refused.filter((one) => !one.photo);
  const known = refused.length - failed.length;
  const parts = [
    taken > 0 ? `${formatCount(taken, "picture")} taken in.` : "",
    known > 0 ? `${known === 1 ? "1 was" : `${known} were`} here already.` : "",
    failed.length > 0 ? `${failed.length} could not be taken in:` : "",
  ];
  return { sentence: refused.length === 0 ? "" : parts.filter(Boolean).join(" "), failed };
}
