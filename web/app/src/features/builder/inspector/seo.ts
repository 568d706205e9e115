// What search results and social cards say of a page, as the renderer says it. Pure.
import type { PageDocument, Project } from "@accid/api-client/types";

type Named = Pick<Project, "name"> & { site: Pick<Project["site"], "title"> };

export function titleInResults(page: Pick<PageDocument, "title" | "seo">, project: Named): string {
  const own = page.seo?.title?.trim();
  if (own) return own;
  const site = project.site.title.trim() || project.name;
  const title = page.title.trim();
  return !title || title === site ? site : `${title} – ${site}`;
}

/** As search engines write it: `example.org › trips › grenada`. */
export function addressOf(base: string, path: string): string {
  let host = "your-site.example";
  let folders: string[] = [];
  try {
    const url = new URL(base);
    host = url.host;
    folders = url.pathname.split("/").filter(Boolean);
  } catch {
    // The site has no address yet.
  }
  const parts = path.replace(/(^|\/)index\.html$/, "").replace(/\.html$/, "").split("/").filter(Boolean);
  return [host, ...folders, ...parts].join(" › ");
}

/** Cut between words, as search results do. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const short = text.slice(0, longest);
  return `${short.slice(0, Math.max(short.lastIndexOf(" "), longest - 20)).trimEnd()} …`;
}
