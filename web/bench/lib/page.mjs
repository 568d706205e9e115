// A page of many modules, made of the demo's own: real words, pictures and nesting, not two hundred empty boxes.
import { randomUUID } from "node:crypto";
import { api } from "../../e2e/lib/studio.mjs";

export const demo = "yacht-adventures";
const countOf = (module) => 1 + (module.children ?? []).reduce((sum, child) => sum + countOf(child), 0);

/** A copy with ids of its own; anchors must be unique on a page. */
function copyOf(module) {
  const copy = { ...module, id: randomUUID(), ...(module.children ? { children: module.children.map(copyOf) } : {}) };
  delete copy.anchor;
  delete copy.order;
  return copy;
}

async function listPages() {
  for (let tries = 0; tries < 400; tries += 1) {
    const pages = await api(`/api/projects/${demo}/pages`).then(({ items }) => items, () => []);
    if (pages.length > 0) return pages;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  throw new Error("The demo project is not there.");
}

/** Makes a page of exactly that many modules, nested ones counted, in the demo project. */
export async function makeLongPage(count, title) {
  const listed = await listPages();
  const all = [];
  for (const { id } of listed) all.push(...(await api(`/api/projects/${demo}/pages/${id}`)).modules);
  const small = all.find((module) => countOf(module) === 1 && module.type === "text") ?? all.find((module) => countOf(module) === 1);
  const modules = [];
  for (let have = 0, next = 0; have < count; next += 1) {
    const wanted = all[next % all.length];
    const module = have + countOf(wanted) <= count ? wanted : small;
    modules.push(copyOf(module));
    have += countOf(module);
  }
  const page = await api(`/api/projects/${demo}/pages`, { method: "POST", body: { title } });
  await api(`/api/projects/${demo}/pages/${page.id}`, { method: "PUT", body: { modules } });
  return { ...page, modules, count };
}

/** The first module of a kind from that place on, with where it stands. */
export const moduleFrom = (page, type, at) => page.modules.find((module, index) => index >= at && module.type === type);
