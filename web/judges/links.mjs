// The judge of links: every link of every page that stays on the site leads somewhere.
import { LinkChecker } from "linkinator";
import { SUBFOLDER } from "./site.mjs";

/** Broken links of the served pages; nothing outside the site is asked. */
export async function brokenLinks(site, pages) {
  const broken = new Set();
  const checker = new LinkChecker();
  const outside = async (link) => !link.startsWith(site.origin);
  const result = await checker.check({
    path: pages.map((page) => site.url + page.split("/").map(encodeURIComponent).join("/")),
    recurse: true,
    concurrency: 4,
    timeout: 10_000,
    linksToSkip: outside,
  });
  for (const link of result.links) {
    const leaves = link.url.startsWith(site.origin) && !link.url.startsWith(site.origin + SUBFOLDER);
    if (link.state === "BROKEN" || leaves) broken.add(`${link.parent ?? "site"} -> ${link.url} (${link.status})`);
  }
  return [...broken];
}
