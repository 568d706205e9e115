// A site of three pages, made and published with the pointer.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { api, base, boxOf, canvasOf, clickOn, drawPicture, launch, middle, openWindow, waitForSaved, waitUntil } from "./lib/studio.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const top = (box) => ({ x: box.x + box.width / 2, y: box.y + 4 });

/** Drags from one point to another, and lets go when it is shown where it would land. */
async function drag(page, from, to, shown = "[data-drop-line], [data-outline-row][data-drop], [data-page-row][data-drop]") {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 6, from.y + 8, { steps: 2 });
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.locator(shown).first().waitFor();
  await page.mouse.up();
}

test("three pages are made and published with the pointer", { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "accid-pointer-"));
  const { page, context, check } = await openWindow(browser);
  page.setDefaultTimeout(10_000);
  try {
    await page.goto(base);
    await page.getByRole("button", { name: "New project" }).first().click();
    await page.keyboard.type(`By pointer ${Date.now()}`);
    await page.getByRole("button", { name: "Create and open" }).click();
    await page.waitForURL(/\/projects\/by-pointer-/);
    const slug = new URL(page.url()).pathname.split("/")[2];
    const canvas = await canvasOf(page);
    const steps = page.getByRole("region", { name: "First steps" });
    await steps.getByRole("button", { name: "Show me: Change some words" }).waitFor();
    const shape = async () => (await api(`/api/projects/${slug}/pages/index`)).modules.map((one) => [one.type, ...(one.children ?? []).map((child) => child.type)].join(" "));
    const idOf = async (kind) => {
      const flat = (modules) => modules.flatMap((one) => [one, ...flat(one.children ?? [])]);
      return flat((await api(`/api/projects/${slug}/pages/index`)).modules).find((one) => one.type === kind)?.id;
    };
    const module = async (kind) => canvas.locator(`[data-accid-id='${await idOf(kind)}']`);

    await clickOn(page, canvas.locator("h1").first(), { clickCount: 2 });
    await canvas.locator("[contenteditable]").waitFor();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("Boats of the eastern shore");
    await page.getByRole("tab", { name: "Add" }).click();
    await canvas.locator("[contenteditable]").waitFor({ state: "detached" });

    // A section behind the last module, and five kinds into it, each dropped where it belongs.
    const kind = (name) => page.locator(`[data-kind='${name}']`).boundingBox();
    const last = await boxOf(await module("text"));
    await drag(page, middle(await kind("section")), { x: last.x + last.width / 2, y: last.y + last.height - 3 });
    await page.locator("[data-inspector='section']").waitFor();
    await waitForSaved(page);
    const kinds = ["text", "button", "image", "link", "form"];
    for (const [index, name] of kinds.entries()) {
      const section = await boxOf(await module("section"));
      const seen = Math.min(section.y + section.height, 880);
      await drag(page, middle(await kind(name)), { x: section.x + section.width / 2, y: index === 0 ? middle(section).y : seen - 14 });
      await page.locator(`[data-inspector='${name}']`).waitFor();
      await waitForSaved(page);
      assert.equal((await shape()).find((one) => one.startsWith("section"))?.split(" ").includes(name), true, `${name} is in the section: ${(await shape()).join(", ")}`);
    }

    // The picture, through the inspector.
    await page.getByRole("tab", { name: "Structure" }).click();
    await page.locator(`[data-outline-row='${await idOf("image")}']`).click();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: /^Choose picture/ }).click();
    await page.getByRole("button", { name: "Add pictures" }).click();
    await (await chooser).setFiles(await drawPicture(page));
    await page.getByLabel("Description of the picture").fill("A slip at dusk");
    await page.getByRole("button", { name: "Use this picture" }).click();
    await canvas.locator("img[alt='A slip at dusk']").waitFor();

    // Within the canvas: the button above the text. In the outline: the form out of the section, before it.
    const button = await module("button");
    const buttonId = await idOf("button");
    const section = page.locator(`[data-outline-row='${await idOf("section")}']`);
    await clickOn(page, button);
    const from = middle(await boxOf(button));
    const inner = canvas.locator(`[data-accid-slot='${await idOf("section")}'] > [data-accid-id]`).first();
    await drag(page, from, top(await boxOf(inner)));
    await waitForSaved(page);
    await waitUntil(async () => (await shape()).find((one) => one.startsWith("section"))?.split(" ")[1], "button");
    const form = page.locator(`[data-outline-row='${await idOf("form")}']`);
    await drag(page, middle(await boxOf(form)), top(await boxOf(section)));
    await page.locator("[data-spoken]", { hasText: "on the page" }).waitFor({ state: "attached" });
    await waitForSaved(page);
    await waitUntil(async () => (await shape()).slice(-2).map((one) => one.split(" ")[0]), ["form", "section"]);

    // What a newcomer is told to do first is ticked off as it happens, and goes when nobody wants it.
    await waitUntil(() => steps.locator("[data-step]").evaluateAll((all) => all.map((one) => one.dataset.done)), ["true", "true", "false"]);
    await steps.getByRole("button", { name: "Hide the first steps" }).click();
    await steps.waitFor({ state: "detached" });

    // The inspector: words, and a value for phones alone.
    await page.locator(`[data-outline-row='${buttonId}']`).click();
    await page.getByLabel("Label", { exact: true }).fill("See the boats");
    await page.getByRole("tab", { name: /^Style/ }).click();
    await page.getByRole("tab", { name: /^Phone/ }).click();
    await page.getByLabel("To what is above").fill("24px");
    await page.locator("[data-viewport='phone']").waitFor();
    await page.getByRole("button", { name: "Desktop" }).click();
    await waitForSaved(page);

    for (const title of ["Boats", "News"]) {
      await page.getByRole("button", { name: "New page" }).click();
      await page.getByRole("dialog").getByLabel("Title", { exact: true }).fill(title);
      await page.getByRole("button", { name: "Create page" }).click();
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      const next = await canvasOf(page);
      await page.getByRole("tab", { name: "Add" }).click();
      await page.locator("[data-kind='hero']").click();
      await page.locator("[data-inspector='hero']").getByLabel("Title", { exact: true }).fill(`Our ${title.toLowerCase()}`);
      await next.getByRole("heading", { name: `Our ${title.toLowerCase()}` }).waitFor();
      await page.getByRole("tab", { name: "Structure" }).click();
      await waitForSaved(page);
    }
    const link = (name) => page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name });
    await drag(page, middle(await boxOf(link("News"))), { ...top(await boxOf(link("Boats"))) });
    await waitUntil(() => page.locator("[data-page-row] a").evaluateAll((all) => all.slice(1).map((one) => one.textContent)), ["News", "Boats"]);

    await page.getByRole("tab", { name: "Design" }).click();
    await page.locator("[data-theme-card='atelier']").click();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("The site has its new look.").waitFor();

    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByRole("textbox", { name: "Folder" }).fill(join(folder, "site"));
    await page.getByRole("button", { name: "Save this place" }).click();
    await page.getByRole("button", { name: "Publish now" }).click();
    await page.locator("[data-published]").waitFor({ timeout: 60_000 });
    check();
    const home = readFileSync(join(folder, "site/index.html"), "utf8");
    for (const words of ["Boats of the eastern shore", "A slip at dusk", "See the boats"]) assert.ok(home.includes(words), `the first page says ${words}`);
    assert.ok(home.indexOf(">News<") < home.indexOf(">Boats<"), "the navigation follows the order of the pages");
    assert.match(home, /@media[^{]*max-width[^{]*\{[^}]*24px/);
    assert.match(readFileSync(join(folder, "site/boats.html"), "utf8"), /Our boats/);
    assert.match(readFileSync(join(folder, "site/news.html"), "utf8"), /Our news/);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
