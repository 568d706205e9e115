// A site of five pages in two languages, made and published with the keyboard alone: nothing is clicked, and the focus
// goes only where Tab, the arrows and the shortcuts lead it.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { api, base, canvasOf, drawPicture, launch, openWindow, waitForSaved, waitUntil } from "./lib/studio.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

/** What has the focus, as a screen reader would name it. */
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  const label = [...element.labels ?? []].map((one) => one.textContent).join(" ");
  const words = element.getAttribute("aria-label") ?? (label || element.textContent) ?? "";
  return { role: element.getAttribute("role") ?? element.tagName.toLowerCase(), name: words.trim().replace(/\s+/g, " ").slice(0, 80) };
});

/** Presses Tab until something that is called so has the focus. */
async function tabTo(page, name, { key = "Tab", most = 60 } = {}) {
  const passed = [];
  for (let count = 0; count <= most; count += 1) {
    const now = await focused(page);
    if (name.test(now.name)) return now;
    passed.push(`${now.role} “${now.name}”`);
    await page.keyboard.press(key);
  }
  assert.fail(`${key} does not lead to ${name}. It went by:\n${passed.join("\n")}`);
}

const press = async (page, ...keys) => { for (const key of keys) await page.keyboard.press(key); };
const isOnCanvas = (page) => waitUntil(async () => (await focused(page)).name.startsWith("Canvas:"), true, "the focus is on the canvas");
const heard = (page, words) => page.locator("[data-spoken]", { hasText: words }).waitFor({ state: "attached", timeout: 5_000 });
const chosen = (page, kind) => page.locator(`[data-inspector='${kind}']`).waitFor();

/** Adds a module by its name; the focus is on the canvas again. */
async function add(page, name, kind) {
  await press(page, "a");
  await waitUntil(async () => (await focused(page)).name, "Find a module");
  await page.keyboard.type(name);
  await press(page, "Enter");
  await chosen(page, kind);
  await isOnCanvas(page);
}

/** Replaces the first text of the chosen module, where it stands. */
async function retype(page, canvas, text, leave = "Enter") {
  await press(page, "Enter");
  await canvas.locator("[contenteditable]").waitFor();
  await press(page, "ControlOrMeta+a");
  await page.keyboard.type(text);
  await press(page, leave);
  await canvas.locator("[contenteditable]").waitFor({ state: "detached" });
  await isOnCanvas(page);
}

async function newPage(page, title) {
  await press(page, "n");
  await page.getByRole("dialog", { name: "New page" }).waitFor();
  await page.keyboard.type(title);
  await press(page, "Enter");
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  const canvas = await canvasOf(page);
  await isOnCanvas(page);
  return canvas;
}

/** Runs a command by its name. */
async function command(page, name) {
  await press(page, "ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Find a command" }).waitFor();
  await page.keyboard.type(name);
  await press(page, "Enter");
}

/** Writes the page's title and its opening in the language that is shown, where they stand. */
async function translate(page, title, opening) {
  const canvas = await canvasOf(page);
  await tabTo(page, /^Canvas:/, { key: "F6", most: 6 });
  await press(page, "Escape");
  await chosen(page, "page");
  await press(page, "F6");
  await tabTo(page, /^Title of the page$/);
  await page.keyboard.type(title);
  await press(page, "Shift+F6");
  await isOnCanvas(page);
  while ((await page.locator("[data-inspector]").getAttribute("data-inspector")) !== "hero") await press(page, "ArrowDown");
  await retype(page, canvas, opening);
  await canvas.getByRole("heading", { level: 1, name: opening }).waitFor();
  await waitForSaved(page);
}

test("five pages in two languages are made and published with the keyboard alone", { timeout: 180_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "accid-keyboard-"));
  const name = `By keyboard ${Date.now()}`;
  const { page, context, check } = await openWindow(browser);
  page.setDefaultTimeout(10_000);
  try {
    await page.goto(base);
    await page.getByRole("heading", { name: "Projects" }).waitFor();
    await press(page, "n");
    await page.getByRole("dialog", { name: "New project" }).waitFor();
    await page.keyboard.type(name);
    assert.equal(await page.locator("input[name='template'][value='blank']").isChecked(), true);
    await press(page, "Enter");
    await page.waitForURL(/\/projects\/by-keyboard-/);
    const slug = new URL(page.url()).pathname.split("/")[2];
    const canvas = await canvasOf(page);
    await isOnCanvas(page);

    // The opening that the blank page has gets other words.
    await press(page, "ArrowDown", "ArrowDown");
    await chosen(page, "hero");
    await retype(page, canvas, "Boats of the western shore");
    await canvas.getByRole("heading", { level: 1, name: "Boats of the western shore" }).waitFor();

    // A section, and in it one of each: added, given words, moved up and down, out of the section and in again.
    await press(page, "ArrowDown");
    await add(page, "section", "section");
    const modules = [["text", "text"], ["button", "button"], ["image", "image"], ["card", "link"], ["form", "form"]];
    for (const [index, [word, kind]] of modules.entries()) {
      if (index > 0) { await press(page, "ArrowLeft"); await chosen(page, "section"); }
      await add(page, word, kind);
      await heard(page, `${index + 1} of ${index + 1} in Section`);
      if (index > 0) {
        await press(page, "Alt+ArrowUp");
        await heard(page, `Moved: ${index} of ${index + 1} in Section`);
        await press(page, "Alt+End");
        await heard(page, `Moved: ${index + 1} of ${index + 1} in Section`);
      }
      await press(page, "Alt+ArrowLeft");
      await heard(page, "on the page");
      await press(page, "Alt+ArrowRight");
      await heard(page, `Moved: ${index + 1} of ${index + 1} in Section`);
      if (kind === "text") {
        await press(page, "Enter");
        await page.getByRole("toolbar", { name: "Text", exact: true }).waitFor();
        await press(page, "ControlOrMeta+a");
        await page.keyboard.type("Built of ");
        await press(page, "Alt+F10", "ArrowRight");
        assert.equal((await focused(page)).name, "Bold");
        await press(page, "Enter");
        await page.keyboard.type("larch");
        await press(page, "Escape");
        await canvas.locator("strong", { hasText: "larch" }).waitFor();
        await isOnCanvas(page);
      } else if (kind === "image") {
        await press(page, "F6");
        await tabTo(page, /^Choose picture/);
        const chooser = page.waitForEvent("filechooser");
        await press(page, "Enter");
        await page.getByRole("dialog", { name: "Choose a picture" }).waitFor();
        await tabTo(page, /^Add pictures$/);
        await press(page, "Enter");
        await (await chooser).setFiles(await drawPicture(page));
        await page.getByRole("heading", { name: "What does the picture show?" }).waitFor();
        await tabTo(page, /^Description of the picture/);
        await page.keyboard.type("The sun goes down over the slip");
        await tabTo(page, /^Use this picture$/);
        await press(page, "Enter");
        await canvas.locator("img[alt='The sun goes down over the slip']").waitFor();
        await tabTo(page, /^(Change|Choose) picture/);
        await press(page, "Shift+F6");
        await isOnCanvas(page);
      } else {
        await press(page, "F6");
        await tabTo(page, /^(Label|Title|Heading|Submit)/);
        await press(page, "ControlOrMeta+a");
        await page.keyboard.type(`Our ${word}`);
        await canvas.getByText(`Our ${word}`).first().waitFor();
        await press(page, "Shift+F6");
        await isOnCanvas(page);
      }
    }
    await waitForSaved(page);
    const shape = async () => (await api(`/api/projects/${slug}/pages/index`)).modules.map((one) => [one.type, ...(one.children ?? []).map((child) => child.type)].join(" "));
    assert.deepEqual(await shape(), ["navigation", "hero", "text", "section text button image link form"]);

    // Undo and redo, with nothing else touched.
    await press(page, "Delete");
    await heard(page, "Deleted. Undo brings it back.");
    await press(page, "ControlOrMeta+z");
    await heard(page, "Undone: Delete module");

    // Four more pages, the second moved before the first in the list.
    for (const title of ["Boats", "News", "Crew", "Visit"]) {
      const fresh = await newPage(page, title);
      await add(page, "hero", "hero");
      await retype(page, fresh, `Our ${title.toLowerCase()}`);
    }
    await waitForSaved(page);
    await press(page, "o");
    await tabTo(page, /^News$/, { key: "Shift+Tab" });
    await press(page, "Alt+ArrowUp");
    await heard(page, "“News” moved: 2 of 5 at the top");

    // Another theme, saved with its key.
    await press(page, "d");
    await page.locator("[data-theme-card]").first().waitFor();
    await tabTo(page, /Harbour/);
    await press(page, "ArrowDown");
    await page.locator("[data-theme-card]:has(:checked)", { hasText: "Atelier" }).waitFor();
    await press(page, "ControlOrMeta+Enter");
    await page.getByText("The site has its new look.").waitFor();

    // The other language: said once for the site, then written where the words stand, page by page.
    await command(page, "Site: name");
    await page.getByLabel("Other languages", { exact: true }).waitFor();
    await tabTo(page, /^Other languages$/);
    await page.keyboard.type("de");
    await tabTo(page, /^Address$/);
    await page.keyboard.type("https://boats.example/");
    await press(page, "ControlOrMeta+Enter");
    await page.getByText("The site's settings are saved.").waitFor();
    await command(page, "Translate into German");
    await heard(page, "Translating into German");
    await translate(page, "Besuch", "Besuchen Sie uns");
    for (const [title, told, opening] of [["Home", "Start", "Boote der Westküste"], ["News", "Neues", "Was es Neues gibt"], ["Boats", "Boote", "Unsere Boote"], ["Crew", "Mannschaft", "Unsere Mannschaft"]]) {
      await command(page, `Go to page: ${title === "Home" ? name : title}`);
      await page.getByRole("heading", { level: 1, name: title === "Home" ? name : title }).waitFor();
      await canvasOf(page);
      await translate(page, told, opening);
    }
    await command(page, "Write in English");
    await heard(page, "Writing in English");
    await canvasOf(page);

    // All keys are told.
    await press(page, "F6");
    await tabTo(page, /^Canvas:/, { key: "F6", most: 6 });
    await press(page, "?");
    const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    for (const key of ["F6", "Alt+F10", "Ctrl+Y", "Alt+End"]) await sheet.getByText(key, { exact: true }).first().waitFor();
    await press(page, "Escape");
    await isOnCanvas(page);

    await press(page, "p");
    await page.getByRole("dialog", { name: "Publish" }).waitFor();
    await tabTo(page, /^Folder/);
    await press(page, "ControlOrMeta+a");
    await page.keyboard.type(join(folder, "site"));
    await press(page, "Enter");
    await page.getByRole("radio", { name: /production/ }).waitFor();
    await tabTo(page, /^Publish now$/);
    await press(page, "Enter");
    await page.locator("[data-published]").waitFor({ timeout: 60_000 });
    // A newcomer has gone the whole way now.
    await page.getByText("That was all it takes.").waitFor();
    await press(page, "Escape");
    check();

    const site = join(folder, "site");
    const home = readFileSync(join(site, "index.html"), "utf8");
    for (const words of ["Boats of the western shore", "<strong>larch</strong>", "The sun goes down over the slip", "Our button", "Our card", "Our form"]) assert.ok(home.includes(words), `the first page says ${words}`);
    assert.ok(home.indexOf(">News<") < home.indexOf(">Boats<"), "the navigation follows the order of the pages");
    for (const [slug, words] of [["boats", "Our boats"], ["news", "Our news"], ["crew", "Our crew"], ["visit", "Our visit"]]) assert.ok(readFileSync(join(site, `${slug}.html`), "utf8").includes(words));
    const told = { "index": ["Start", "Boote der Westküste"], "boats": ["Boote", "Unsere Boote"], "news": ["Neues", "Was es Neues gibt"], "crew": ["Mannschaft", "Unsere Mannschaft"], "visit": ["Besuch", "Besuchen Sie uns"] };
    for (const [slug, [title, opening]] of Object.entries(told)) {
      const html = readFileSync(join(site, "de", `${slug}.html`), "utf8");
      assert.match(html, /<html lang="de"/);
      assert.ok(html.includes(opening) && html.includes(`<title>${title}`), `de/${slug} says ${title} and ${opening}`);
      assert.match(html, /hreflang="en"/);
    }
    assert.match(home, /hreflang="de"/);
    assert.ok(readdirSync(site, { recursive: true }).some((file) => /sunset.*\.(avif|webp)$/.test(file)), "the picture is published");
    assert.ok(!existsSync(join(site, "project.json")));
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
