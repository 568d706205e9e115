// A new user's way: open the demo, change the headline, come back, undo it from the history, export, publish, look.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { base, canvasOf, launch, openWindow, rewrite, waitForSaved } from "./lib/studio.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

test("a newcomer changes the headline, undoes it from the history, exports and publishes", async () => {
  const folder = mkdtempSync(join(tmpdir(), "accid-journey-"));
  const name = `Before the journey of ${new Date().toISOString()}`;
  const { page, check } = await openWindow(browser);
  try {
    await page.goto(base);
    await page.getByRole("link", { name: "Yacht Adventures" }).click();
    let canvas = await canvasOf(page);
    const headline = canvas.locator("h1[data-accid-prop]").first();
    const original = (await headline.textContent()).trim();

    // A named version closes the running one, so that there is something to go back to.
    await page.keyboard.press("ControlOrMeta+s");
    await page.getByLabel("What is special about it?").fill(name);
    await page.getByRole("button", { name: "Keep this version" }).click();
    await page.getByText("This version is kept for ever.").waitFor();

    await rewrite(page, headline, "Slow sailing in warm water");
    assert.equal((await headline.textContent()).trim(), "Slow sailing in warm water");
    await waitForSaved(page);

    await page.reload();
    canvas = await canvasOf(page);
    const again = canvas.locator("h1[data-accid-prop]").first();
    assert.equal((await again.textContent()).trim(), "Slow sailing in warm water");

    await page.getByRole("button", { name: "History" }).click();
    await page.getByRole("button", { name: new RegExp(name) }).click();
    const past = page.frameLocator("iframe[title^='The page as it was']");
    await past.getByRole("heading", { level: 1, name: original }).waitFor();
    await page.getByRole("button", { name: "Restore page" }).click();
    await page.getByText("The page is as it was then.").waitFor();
    await canvas.getByRole("heading", { level: 1, name: original }).waitFor();

    // The restore is itself a version: it can be undone, and that undone again.
    await page.getByRole("button", { name: "Undo", exact: true }).last().click();
    await canvas.getByRole("heading", { level: 1, name: "Slow sailing in warm water" }).waitFor();

    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByRole("tab", { name: "Export to a folder" }).click();
    await page.getByRole("textbox", { name: "Folder" }).fill(join(folder, "export"));
    await page.getByRole("button", { name: "Export", exact: true }).click();
    await page.locator("[data-export-path]").waitFor({ timeout: 60_000 });
    assert.match(readFileSync(join(folder, "export/index.html"), "utf8"), /Slow sailing in warm water/);

    await page.getByRole("tab", { name: "Publish" }).click();
    const site = join(folder, "site");
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("journey");
    await page.getByRole("textbox", { name: "Folder" }).fill(site);
    await page.getByRole("button", { name: "Save this place" }).click();
    await page.getByRole("radio", { name: /journey/ }).waitFor();
    await page.getByRole("button", { name: "See what would change" }).click();
    await page.getByText(/^New: \d+/).waitFor();
    await page.getByRole("button", { name: "Publish now" }).click();
    await page.locator("[data-published]").waitFor({ timeout: 60_000 });
    check();

    const visitor = await openWindow(browser);
    await visitor.page.goto(pathToFileURL(join(site, "index.html")).href);
    await visitor.page.getByRole("heading", { level: 1, name: "Slow sailing in warm water" }).waitFor();
    const broken = await visitor.page.evaluate(() => [...document.images].filter((image) => image.complete && image.naturalWidth === 0).map((image) => image.src));
    assert.deepEqual(broken, []);
    const fonts = await visitor.page.evaluate(async () => { await document.fonts.ready; return [...document.fonts].filter((font) => font.status === "loaded").length; });
    assert.ok(fonts > 0, "the fonts of the site load from file://");
    visitor.check();
    await visitor.context.close();

    // Leave the demo as it was found.
    await page.getByRole("button", { name: "Remove journey" }).click();
    await page.getByRole("radio", { name: /journey/ }).waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await page.keyboard.press("h");
    await page.getByRole("button", { name: new RegExp(name) }).click();
    await page.getByRole("button", { name: "Restore page" }).click();
    await canvas.getByRole("heading", { level: 1, name: original }).waitFor();
    check();
  } finally {
    await page.context().close();
    rmSync(folder, { recursive: true, force: true });
  }
});
