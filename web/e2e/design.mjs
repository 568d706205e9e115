// The look of a site: tried on the canvas, dropped, saved; and the settings of the site.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, launch, makeProject, openPage, openWindow, removeProject } from "./lib/studio.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const accent = (canvas) => canvas.locator("html").evaluate((root) => getComputedStyle(root).getPropertyValue("--fill-accent").trim());
const waitForAccent = async (canvas, wanted) => {
  for (let round = 0; round < 100 && (await accent(canvas)) !== wanted; round += 1) await new Promise((done) => setTimeout(done, 50));
  assert.equal(await accent(canvas), wanted);
};

test("a colour is tried on the canvas, dropped, tried again and saved; the site gets its settings", async () => {
  const project = await makeProject("Design", ["hero", "button"]);
  const { page, context, check } = await openWindow(browser, { colorScheme: "light" });
  // The fonts of a theme that is not the saved one.
  const canvas = await openPage(page, project.slug);
  const original = await accent(canvas);
  await page.getByRole("tab", { name: "Design" }).click();
  const field = page.getByLabel("Accent: colour as #rrggbb");
  await field.fill("#7a1fa2");
  await waitForAccent(canvas, "#7a1fa2");
  await page.getByRole("button", { name: "Discard" }).click();
  await waitForAccent(canvas, original);
  assert.deepEqual((await api(`/api/projects/${project.id}`)).theme.tokens ?? {}, {});

  await field.fill("#7a1fa2");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("The site has its new look.").waitFor();
  await canvas.locator("style[data-accid-draft]").waitFor({ state: "detached" });
  await waitForAccent(canvas, "#7a1fa2");
  assert.deepEqual((await api(`/api/projects/${project.id}`)).theme.tokens, { "color-accent": "#7a1fa2" });

  await page.getByRole("tab", { name: "Site" }).click();
  const settings = page.getByRole("region", { name: "Site" });
  await settings.getByLabel("Language", { exact: true }).fill("not a language");
  await settings.getByText("A language is written like").waitFor();
  await settings.getByLabel("Language", { exact: true }).fill("de-AT");
  await settings.getByLabel("Author").fill("Ada");
  await settings.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("The site's settings are saved.").waitFor();
  const { site } = await api(`/api/projects/${project.id}`);
  assert.equal(site.language, "de-AT");
  assert.equal(site.author, "Ada");
  check();
  await context.close();
  await removeProject(project);
});
