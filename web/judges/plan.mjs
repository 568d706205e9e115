// Which pages are judged by whom. The short form shows every page of the demo, and of the patterns, once, in themes that
// take turns; the long form (ACCID_LONG=1) shows every page in every theme, light and dark.
import { readdir } from "node:fs/promises";
import path from "node:path";
import { SIZES } from "./browser.mjs";
import { pagesOf } from "./site.mjs";
import { leadsOn } from "./tools.mjs";

export const SCHEMES = ["light", "dark"];

/** The sites below a folder: `demo-THEME`, `demo-THEME-light`, `demo-THEME-dark`, `patterns-THEME`, `template-NAME`, `story-WAY`,
 * `bilingual-site`, and their pages. Pages that only lead on to another are `former`. */
export async function sitesIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  return Promise.all(names.map(async (name) => siteOf(name, path.join(folder, name))));
}

async function siteOf(name, folder) {
  const [kind, ...rest] = name.split("-");
  // The ways to tell a story have names of two words.
  const [theme, side = null] = kind === "story" ? [rest.join("-")] : rest;
  const pages = await pagesOf(folder);
  const leads = await Promise.all(pages.map((page) => leadsOn(folder, page)));
  const former = pages.filter((_, index) => leads[index]);
  return { name, folder, kind, theme, side, pages, former };
}

const isNotFound = (page) => page.endsWith("404.html");

/** The pages of the patterns that are judged: each in one theme, in turns, or in every one. */
export function patternPages(sites, long) {
  const themed = sites.filter(({ kind }) => kind === "patterns");
  return themed.flatMap((site, turn) =>
    site.pages
      .filter((page) => !isNotFound(page))
      .filter((_, index) => long || index % themed.length === turn)
      .map((page) => ({ site, page })),
  );
}

/** What browsers look at: a page in a site, at widths, light and dark. */
export function looks(sites, long) {
  const demos = sites.filter(({ kind, side }) => kind === "demo" && !side);
  const all = demos.flatMap((site, turn) =>
    site.pages
      .filter((page, index) => long || (isNotFound(page) ? turn === 0 : index % demos.length === turn))
      .map((page) => ({ site, page, sizes: SIZES, schemes: SCHEMES })),
  );
  const templates = sites.filter(({ kind }) => kind === "template" || kind === "story");
  const once = templates.flatMap((site) => site.pages.filter((page) => !isNotFound(page)).map((page) => ({ site, page })));
  // Of the other language also the page for addresses where nothing is.
  const bilingual = sites.filter(({ kind }) => kind === "bilingual").flatMap((site) =>
    site.pages.filter((page) => !site.former.includes(page) && (long || page === "index.html" || page.startsWith("de/"))).map((page) => ({ site, page })),
  );
  const inFull = (look) => ({ ...look, sizes: SIZES, schemes: SCHEMES });
  // Two and three have no common factor: every theme meets every width and both sides over its pages.
  const inTurn = (look, index) => ({ ...look, sizes: [SIZES[index % 3]], schemes: [SCHEMES[index % 2]] });
  const patterns = patternPages(sites, long).map((look, index) => (long ? inFull(look) : inTurn(look, index)));
  return [...all, ...patterns, ...[...once, ...bilingual].map((look, index) => (long ? inFull(look) : inTurn(look, index)))];
}

/** What Lighthouse measures: each page of the demo in one theme, and a story; in the long form every page of the demo in
 * every theme, light and dark, every page of a story in each of its ways, and every pattern in every theme. */
export function measured(sites, long) {
  const demos = sites.filter(({ kind, side }) => kind === "demo" && (long ? side : !side));
  const all = demos.flatMap((site, turn) =>
    site.pages.filter((page) => !isNotFound(page)).filter((_, index) => long || index === turn).map((page) => ({ site, page })),
  );
  const stories = sites.filter(({ kind }) => kind === "story").filter((_, index) => long || index === 0);
  const told = stories.flatMap((site) =>
    site.pages.filter((page) => !isNotFound(page)).filter((page) => long || page === "index.html").map((page) => ({ site, page })),
  );
  return [...all, ...told, ...(long ? patternPages(sites, long) : [])];
}
