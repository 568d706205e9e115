// What is to come back from a version, as words for people and as the body of a request.
import type { DocumentChange } from "@accid/api-client/types";
import { nameCollection } from "./changes.ts";

export type Wanted =
  | { what: "project" } | { what: "page"; page: string } | { what: "module"; page: string; module: string } | { what: "theme" }
  | { what: "file"; path: string; name?: string };

export const wantedDocument = (document: DocumentChange): Wanted =>
  ({ what: "file", path: document.path, name: `The ${nameCollection(document).toLowerCase()} “${document.title}”` });

const things: Record<Exclude<Wanted["what"], "file">, string> = { project: "The whole project", page: "The page", module: "The module", theme: "The look" };
export const restoredWords = (wanted: Wanted) => `${wanted.what === "file" ? wanted.name ?? "It" : things[wanted.what]} is as it was then.`;

export function bodyOf(version: string, wanted: Wanted) {
  switch (wanted.what) {
    case "project": return { version };
    case "page": return { version, page: wanted.page };
    case "module": return { version, module: wanted.module };
    case "theme": return { version, theme: true };
    case "file": return { version, path: wanted.path };
  }
}

/** What undoes it: a module that had been removed is not in today's version, so its page is brought back instead. */
export const undoing = (wanted: Wanted): Wanted => (wanted.what === "module" ? { what: "page", page: wanted.page } : wanted);
