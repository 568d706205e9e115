// Which pages are judged by whom. The short form shows every page of the demo once by every judge, in themes that take
// turns; the long form (ACCID_LONG=1) shows every page in every theme, light and dark.
import { readdir } from "node:fs/promises";
import path from "node:path";
import { SIZES } from "./browser.mjs";
import { pagesOf } from "./site.mjs";

export const SCHEMES = ["light", "dark"];

/** The sites below a folder: `demo-THEME`, `demo-THEME-light`, `demo-THEME-dark`, `template-NAME`, and their pages. */
export async function sitesIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  return Promise.all(names.map(async (name) => siteOf(name, path.join(folder, name))));
}

async function siteOf(name, folder) {
  const [kind, theme, side = null] = name.split("-");
  return { name, folder, kind, theme, side, pages: await pagesOf(folder) };
}

const isNotFound = (page) => page === "404.html";

/** What browsers look at: a page in a site, at widths, light and dark. */
export function looks(sites, long) {
  const demos = sites.filter(({ kind, side }) => kind === "demo" && !side);
  const all = demos.flatMap((site, turn) =>
    site.pages
      .filter((page, index) => long || (isNotFound(page) ? turn === 0 : index % demos.length === turn))
      .map((page) => ({ site, page, sizes: SIZES, schemes: SCHEMES })),
  );
  const templates = sites.filter(({ kind }) => kind === "template");
  const once = templates.flatMap((site) => site.pages.filter((page) => !isNotFound(page)).map((page) => ({ site, page })));
  const turns = once.map((look, index) => ({ ...look, sizes: [SIZES[index % 3]], schemes: [SCHEMES[index % 2]] }));
  return [...all, ...(long ? once.map((look) => ({ ...look, sizes: SIZES, schemes: SCHEMES })) : turns)];
}

/** What Lighthouse measures: one page a theme, or every page of the demo in every theme, light and dark. */
export function measured(sites, long) {
  const demos = sites.filter(({ kind, side }) => kind === "demo" && (long ? side : !side));
  return demos.flatMap((site, turn) => {
    const pages = site.pages.filter((page) => !isNotFound(page));
    return (long ? pages : [pages[turn % pages.length]]).map((page) => ({ site, page }));
  });
}
