// Exports the sites that are judged, from the running program: the demo and the patterns in every theme, every template,
// and a site in two languages.
// Usage: ACCID_URL=… node export.mjs PROGRAM DATA FOLDER. With ACCID_LONG=1 also each side of each theme by itself.
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { makeBilingualSite } from "./bilingual.mjs";
import { makePatternSite } from "./patterns.mjs";
import { WAYS, makeStories } from "./stories.mjs";

const [program, data, folder] = process.argv.slice(2);
const base = process.env.ACCID_URL;

async function call(method, address, body) {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(base + address, { method, headers, body: body && JSON.stringify(body) });
  const told = await answer.json();
  if (!answer.ok) throw new Error(`${method} ${address}: ${JSON.stringify(told)}`);
  return told.data;
}

const write = (slug, name) => promisify(execFile)(program, ["--data", data, "export", slug, "--out", path.join(folder, name)]);

const demo = await call("GET", "/api/projects/yacht-adventures");
const themes = (await call("GET", "/api/themes")).items.map(({ name }) => name);
const sides = process.env.ACCID_LONG ? ["auto", "light", "dark"] : ["auto"];
for (const name of themes) {
  for (const mode of sides) {
    // The demo has colours of its own for its own theme; in the others it shows theirs.
    const theme = name === demo.theme.name ? { ...demo.theme, mode } : { name, mode };
    await call("PUT", "/api/projects/yacht-adventures", { theme });
    await write("yacht-adventures", mode === "auto" ? `demo-${name}` : `demo-${name}-${mode}`);
  }
}
await call("PUT", "/api/projects/yacht-adventures", { theme: demo.theme });
const patterns = await makePatternSite(call);
for (const name of themes) {
  await call("PUT", `/api/projects/${patterns.id}`, { theme: { name, mode: "auto" } });
  await write(patterns.slug, `patterns-${name}`);
}
await call("DELETE", `/api/projects/${patterns.id}`);
const bilingual = await makeBilingualSite(call);
await write(bilingual.slug, "bilingual-site");
await call("DELETE", `/api/projects/${bilingual.id}`);
const stories = await makeStories(call, base);
for (const way of WAYS) {
  await stories.tell(way);
  await write(stories.slug, `story-${way}`);
}
await call("DELETE", `/api/projects/${stories.id}`);
for (const { name, type } of (await call("GET", "/api/templates")).items) {
  const project = await call("POST", "/api/projects", { name: "Judged", type, template: name });
  await write(project.slug, `template-${name}`);
  await call("DELETE", `/api/projects/${project.id}`);
}
