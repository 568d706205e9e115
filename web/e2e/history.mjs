// The history: what differs since a version, and one module brought back alone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, assertAccessible, launch, makeProject, openPage, openWindow, removeProject } from "./lib/studio.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

test("changed and removed modules are outlined and named, and a removed one comes back alone, and goes again", async () => {
  const project = await makeProject("Outlined", ["hero", "text", "button"]);
  const [hero, text] = project.modules;
  await api(`/api/projects/${project.id}/time-machine/snapshot`, { method: "POST", body: { message: "All of it" } });
  await api(`/api/projects/${project.id}/modules/${hero.id}`, { method: "PUT", body: { props: { ...hero.props, title: "Quite another headline" } } });
  await api(`/api/projects/${project.id}/modules/${text.id}`, { method: "DELETE" });
  const { page, context, check } = await openWindow(browser);
  const canvas = await openPage(page, project.slug);
  await page.getByRole("button", { name: "History" }).click();
  await page.getByRole("button", { name: /All of it/ }).click();
  const differences = page.getByRole("region", { name: "What differs" });
  await differences.getByRole("button", { name: /^Hero changed/ }).click();
  const past = page.frameLocator("iframe[title^='The page as it was']");
  const today = page.frameLocator("iframe[title='The page as it is today']");
  const outline = (frame, id) => frame.locator(`[data-accid-changes] [data-module='${id}']`);
  for (const frame of [past, today]) await outline(frame, hero.id).waitFor({ state: "attached" });
  const [box, module] = [await outline(past, hero.id).boundingBox(), await past.locator(`[data-accid-id='${hero.id}']`).boundingBox()];
  assert.ok(Math.abs(box.y - module.y) < 2 && Math.abs(box.height - module.height) < 2, "the outline lies where the module is");
  await outline(past, text.id).waitFor({ state: "attached" });
  assert.equal(await outline(today, text.id).count(), 0);
  await assertAccessible(page, "the history with differences");

  await differences.getByRole("button", { name: /^Restore this module: Text/ }).click();
  await page.getByText("The module is as it was then.").waitFor();
  await canvas.locator(`[data-accid-id='${text.id}']`).waitFor();
  await canvas.getByRole("heading", { name: "Quite another headline" }).waitFor();
  const ids = async () => (await api(`/api/projects/${project.id}/pages/index`)).modules.map((module) => module.id);
  assert.deepEqual(await ids(), project.modules.map((module) => module.id));
  await page.getByRole("button", { name: "Undo", exact: true }).last().click();
  await page.getByText("The restore was undone.").waitFor();
  assert.deepEqual(await ids(), [hero.id, project.modules[2].id]);
  check();
  await context.close();
  await removeProject(project);
});
