// The site of patterns: a project whose pages are each made from a pattern, as a person makes one.

/** Its address in the studio. */
export const SLUG = "patterns";

/** How many pages hold the sections; with the pages that are patterns themselves there are at most twenty. */
const BOARDS = 3;

/** Pages that the menu shows; with all of them it would be like no site's. */
const LISTED = ["portfolio", "journal", "prices", "contact"];

/** Makes the project through the API; `call(method, address, body)` gives an answer's data. */
export async function makePatternSite(call) {
  const { items } = await call("GET", "/api/patterns?limit=200");
  const pages = items.filter(({ kind }) => kind === "page");
  const sections = items.filter(({ kind }) => kind === "section");
  const project = await call("POST", "/api/projects", { name: "Patterns", type: "html" });
  if (project.slug !== SLUG) throw new Error(`The site of patterns is called ${project.slug}; a project of its name is there already.`);
  // What search results say of pages that say nothing of themselves.
  const site = { ...project.site, description: "Every pattern of the studio, as it comes: whole pages, and bands for pages of one's own." };
  await call("PUT", `/api/projects/${project.id}`, { site });
  const at = `/api/projects/${project.id}/pages`;
  const apply = (page, pattern, mode) => call("POST", `${at}/${page}/apply-pattern`, { pattern: pattern.id, mode });
  const [home] = (await call("GET", at)).items;
  await apply(home.id, pages.find(({ id }) => id === "landing"), "replace");
  // All are there before any is filled, so that links from one to another lead there.
  const made = [];
  for (const pattern of pages.filter(({ id }) => id !== "landing")) {
    made.push([pattern, await call("POST", at, { title: pattern.title, slug: pattern.id })]);
  }
  for (const [pattern, page] of made) {
    await apply(page.id, pattern, "replace");
    if (!LISTED.includes(pattern.id)) await hide(call, at, page.id);
  }
  for (let board = 0; board < BOARDS; board += 1) {
    const page = await call("POST", at, { title: `Sections ${board + 1}`, slug: `sections-${board + 1}` });
    for (const pattern of sections.filter((_, index) => index % BOARDS === board)) await apply(page.id, pattern, "append");
    await hide(call, at, page.id);
  }
  return project;
}

async function hide(call, at, id) {
  const page = await call("GET", `${at}/${id}`);
  await call("PUT", `${at}/${id}`, { navigation: { ...page.navigation, show: false } });
}
