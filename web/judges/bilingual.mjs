// A site in two languages with a search, of which one page has moved: what only such sites have is judged on it.

/** Makes the project through the API from a template; `call(method, address, body)` gives an answer's data. */
export async function makeBilingualSite(call) {
  const project = await call("POST", "/api/projects", { name: "Bilingual", type: "html", template: "portfolio" });
  const at = `/api/projects/${project.id}`;
  const site = { ...project.site, language: "en", languages: ["de"], translations: { de: { title: "Zweisprachig" } } };
  await call("PUT", at, { site });
  for (const page of (await call("GET", `${at}/pages`)).items) {
    const modules = page.modules.map((module, index) => translated(index === 0 ? searchable(module) : module));
    const translations = { de: { title: `${page.title} auf Deutsch`, seo_description: "Was auf dieser Seite steht, in einem Satz." } };
    await call("PUT", `${at}/pages/${page.id}`, { modules, translations });
  }
  const about = await call("GET", `${at}/pages/about`);
  await call("PUT", `${at}/pages/${about.id}`, { slug: "the-painter" });
  // Photos, too, are described in the other language.
  for (const photo of (await call("GET", `/api/gallery/${project.id}/photos?perPage=200`)).items) {
    await call("PUT", `/api/gallery/${project.id}/photos/${photo.id}`, { translations: { de: { alt: "Ein Bild vom Meer" } } });
  }
  return project;
}

const searchable = (module) => (module.type === "navigation" ? { ...module, props: { ...module.props, search: true } } : module);

/** Titles are told in German; what else there is stays English, and says so. */
function translated(module) {
  const { title } = module.props;
  const told = title ? { translations: { de: { "/title": { value: `${title}, deutsch` } } } } : {};
  return { ...module, ...told, ...(module.children ? { children: module.children.map(translated) } : {}) };
}
