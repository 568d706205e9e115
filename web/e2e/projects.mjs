// Projects: made, filled with a picture, copied, renamed, removed and brought back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, assertAccessible, base, canvasOf, launch, openWindow, waitForSaved } from "./lib/studio.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

// A picture of 48 × 32 pixels, drawn here.
async function drawPicture(page) {
  const data = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 48;
    canvas.height = 32;
    const brush = canvas.getContext("2d");
    brush.fillStyle = "#f5a524";
    brush.fillRect(0, 0, 48, 20);
    brush.fillStyle = "#0b4a6f";
    brush.fillRect(0, 20, 48, 12);
    return canvas.toDataURL("image/png").split(",")[1];
  });
  return { name: "sunset.png", mimeType: "image/png", buffer: Buffer.from(data, "base64") };
}

test("a project is made, gets a picture, is copied, renamed, removed and brought back", async () => {
  const { page, context, check } = await openWindow(browser);
  const [first, second] = [`Paintings ${Date.now()}`, `Renamed ${Date.now()}`];
  await page.goto(base);
  await page.getByRole("button", { name: "New project" }).first().click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(first);
  await page.getByRole("button", { name: "Create and open" }).click();
  await page.waitForURL(/\/projects\/paintings-/);
  const canvas = await canvasOf(page);

  await page.locator("[data-stage]").focus();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("add: image");
  await page.keyboard.press("Enter");
  await page.locator("[data-inspector='image']").waitFor();
  await page.getByRole("button", { name: /^(Choose|Change) picture/ }).click();
  const picture = await drawPicture(page);
  // The first try is cancelled on its way.
  await page.route("**/photos/upload", () => undefined, { times: 1 });
  await page.locator("input[type=file]").setInputFiles(picture);
  await page.getByRole("button", { name: "Cancel sunset.png" }).click();
  await page.getByRole("list", { name: "Pictures being added" }).waitFor({ state: "detached" });
  await page.locator("input[type=file]").setInputFiles(picture);
  await page.getByText("1 picture added.").waitFor();
  const asking = page.getByRole("dialog", { name: "Choose a picture" });
  await asking.getByRole("heading", { name: "What does the picture show?" }).waitFor();
  await assertAccessible(page, "asking for a description");
  await asking.getByLabel("Description of the picture").fill("The sun goes down");
  await asking.getByRole("button", { name: "Use this picture" }).click();
  await canvas.locator("img[alt='The sun goes down']").waitFor();
  const isShown = () => canvas.locator("img[alt='The sun goes down']").evaluate((image) => image.complete && image.naturalWidth > 0);
  for (let round = 0; round < 50 && !(await isShown()); round += 1) await page.waitForTimeout(50);
  assert.ok(await isShown(), "the picture shows on the canvas");
  await waitForSaved(page);

  await page.goto(base);
  const actions = async (name, what) => {
    await page.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
    await page.getByRole("menuitem", { name: what }).click();
  };
  await actions(first, "Duplicate");
  await page.getByText(`is a copy of “${first}”`).waitFor();
  const all = (await api("/api/projects")).items.filter((project) => project.name.startsWith(first));
  const copy = all.find((project) => project.name !== first);
  await actions(copy.name, "Rename");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(second);
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await page.getByRole("link", { name: second }).waitFor();
  await page.getByLabel("Search projects").fill(second.toUpperCase());
  assert.equal(await page.getByRole("article").count(), 1);
  await page.getByLabel("Search projects").fill("");

  await actions(second, "Move to trash");
  await page.getByRole("link", { name: second }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Trash" }).click();
  await page.getByRole("button", { name: `Restore ${second}` }).click();
  await page.getByText(`“${second}” is back.`).waitFor();
  await page.getByRole("link", { name: "Projects", exact: true }).click();
  await page.getByRole("link", { name: second }).waitFor();
  check();
  await context.close();
  for (const { id } of all) await api(`/api/projects/${id}`, { method: "DELETE" });
});

test("the settings are saved, and every file is checked", async () => {
  const { page, context, check } = await openWindow(browser);
  await page.goto(`${base}/settings`);
  const field = page.getByLabel("Automatic versions to keep");
  const before = await field.inputValue();
  await field.fill("12");
  await page.getByRole("button", { name: "Save settings" }).click();
  await page.getByText("Settings saved.").waitFor();
  assert.equal((await api("/api/settings")).retention.automatic, 12);
  await page.reload();
  await field.fill(before);
  await page.getByRole("button", { name: "Save settings" }).click();
  await page.getByText("Settings saved.").waitFor();
  await page.getByRole("button", { name: "Check every file" }).click();
  await page.getByText(/files? looked at/).waitFor();
  check();
  await context.close();
});

test("a project begins as one of the templates", async () => {
  const { page, context, check } = await openWindow(browser);
  await page.goto(base);
  await page.getByRole("button", { name: "New project" }).first().click();
  const name = `Portfolio ${Date.now()}`;
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  const shown = page.locator("[data-choice='portfolio'] iframe").contentFrame();
  await shown.getByRole("heading", { level: 1 }).waitFor();
  await page.getByRole("radio", { name: /^Portfolio/ }).check({ force: true });
  await page.getByRole("button", { name: "Create and open" }).click();
  await canvasOf(page);
  const project = (await api("/api/projects")).items.find((one) => one.name === name);
  assert.equal(project.pages, 3);
  check();
  await context.close();
  await api(`/api/projects/${project.id}`, { method: "DELETE" });
});

test("fifty projects keep only the previews near the view", async () => {
  const { page, context, check } = await openWindow(browser);
  await page.route(/\/api\/projects\?/, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    const [first] = body.data.items.filter((project) => project.slug === "yacht-adventures");
    const items = Array.from({ length: 50 }, (_, index) => ({ ...first, id: `${first.id.slice(0, -2)}${index + 10}`, name: `Project ${index + 1}`, updated_at: new Date(Date.UTC(2026, 0, 1) - index * 60_000).toISOString() }));
    await route.fulfill({ response: answer, json: { ...body, data: { ...body.data, items, total: items.length } } });
  });
  const [demo] = (await api("/api/projects")).items.filter((project) => project.slug === "yacht-adventures");
  await page.route("**/api/projects/*/facts", async (route) => route.fulfill({ json: { success: true, data: await api(`/api/projects/${demo.id}/facts`) } }));
  const frames = () => page.locator("article iframe").count();
  await page.goto(base);
  await page.getByText("50 projects on this machine").waitFor();
  await page.getByRole("article", { name: "Project 1", exact: true }).locator("iframe[data-loaded='true']").waitFor({ state: "attached" });
  assert.ok(await frames() <= 24, `${await frames()} previews at the beginning`);
  await page.getByRole("article", { name: "Project 50", exact: true }).scrollIntoViewIfNeeded();
  await page.getByRole("article", { name: "Project 50", exact: true }).locator("iframe[data-loaded='true']").waitFor({ state: "attached" });
  await page.getByRole("article", { name: "Project 1", exact: true }).locator("iframe").waitFor({ state: "detached" });
  assert.ok(await frames() <= 40, `${await frames()} previews at the end`);
  check();
  await context.close();
});

test("who may only look is offered nothing else", async () => {
  const { page, context, check } = await openWindow(browser);
  await page.route("**/api/me", (route) => route.fulfill({ json: { success: true, data: { name: "Ada", may: ["read"] } } }));
  await page.goto(base);
  await page.getByRole("link", { name: "Yacht Adventures" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "New project" }).count(), 0);
  await page.getByRole("button", { name: "Actions for Yacht Adventures" }).click();
  assert.deepEqual(await page.getByRole("menuitem").allTextContents(), ["Open"]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  assert.equal(await page.getByRole("dialog").count(), 0, "the key makes nothing either");
  await page.goto(`${base}/settings`);
  await page.getByText("Only the owner of this ACCID changes these.").waitFor();
  assert.equal(await page.getByLabel("Automatic versions to keep").isDisabled(), true);
  await page.goto(`${base}/projects/yacht-adventures/index`);
  await page.frameLocator("iframe[title^='Page:']").getByRole("heading", { level: 1 }).waitFor();
  await assertAccessible(page, "a project that may only be looked at");
  for (const name of ["Publish", "Undo", "Inspector"]) assert.equal(await page.getByRole("button", { name, exact: true }).count(), 0, name);
  await page.getByRole("button", { name: "History" }).click();
  await page.getByRole("region", { name: "Versions" }).waitFor();
  for (const name of ["Keep a named version", "Restore page", "Restore project"]) assert.equal(await page.getByRole("button", { name }).count(), 0, name);
  check();
  await context.close();
});
