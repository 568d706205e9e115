// Nothing typed is lost, and nothing older is shown: when the tab goes, when the program goes, when both go, when an
// answer comes late, and when another window is at work.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { prepareProgram } from "./lib/program.mjs";
import { api, clickOn, launch, makeProject, openPage, openWindow, removeProject, rewrite, waitForSaved, waitUntil } from "./lib/studio.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const headline = (canvas) => canvas.locator("h1[data-accid-prop]").first();
const storedTitle = async (project, at) => (await api(`/api/projects/${project.id}/pages/index`, at ? { at } : {})).modules[0].props.title;

async function withProject(name, types, run) {
  const project = await makeProject(name, types);
  const window = await openWindow(browser);
  window.page.setDefaultTimeout(15_000);
  try {
    await run(project, window, await openPage(window.page, project.slug));
    window.check();
  } finally {
    await window.context.close();
    await removeProject(project);
  }
}

/** Types in place of a text and stays in it. */
async function typeInto(page, target, text) {
  await clickOn(page, target, { clickCount: 2 });
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

/** Keeps the answers to some requests until it is told to let them go; tells how many wait. */
async function holdAnswers(page, pattern) {
  let letGo;
  const gate = new Promise((done) => { letGo = done; });
  const state = { waiting: 0, arrived: 0 };
  await page.route(pattern, async (route) => {
    const response = await route.fetch();
    state.waiting += 1;
    await gate;
    await route.fulfill({ response });
    state.arrived += 1;
  });
  return { letGo, waiting: () => state.waiting, arrived: () => state.arrived };
}

test("a tab that is closed while somebody types loses nothing", async () => {
  await withProject("Closed tab", ["hero", "text"], async (project, { page, context }, canvas) => {
    await typeInto(page, headline(canvas), "Typed and gone");
    await page.close();
    const next = await context.newPage();
    const again = await openPage(next, project.slug);
    await again.getByRole("heading", { name: "Typed and gone" }).waitFor();
    await waitForSaved(next);
    assert.equal(await storedTitle(project), "Typed and gone");

    // In the inspector, and in a panel that saves only when it is asked to.
    await clickOn(next, headline(again));
    await next.locator("[data-inspector='hero']").getByLabel("Title", { exact: true }).fill("Typed in the inspector");
    await next.getByRole("tab", { name: "Site" }).click();
    await next.getByLabel("What it is about").fill("Boats, mostly");
    await next.close();
    const last = await context.newPage();
    await (await openPage(last, project.slug)).getByRole("heading", { name: "Typed in the inspector" }).waitFor();
    await last.getByRole("tab", { name: /^Site/ }).click();
    assert.equal(await last.getByLabel("What it is about").inputValue(), "Boats, mostly");
    await waitForSaved(last);
  });
});

test("a program that is killed while somebody types loses nothing, nor when the tab goes with it", { timeout: 120_000 }, async () => {
  const program = await prepareProgram();
  await program.start();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  const at = program.base;
  try {
    const project = await makeProject("Killed", ["hero", "text"], at);
    const page = await context.newPage();
    const canvas = await openPage(page, project.slug, "index", at);
    await typeInto(page, headline(canvas), "Typed while it died");
    await program.kill();
    await page.keyboard.type(", and after");
    await page.keyboard.press("Enter");
    await page.getByText("Offline: kept in this browser").waitFor();
    assert.equal(await headline(canvas).textContent(), "Typed while it died, and after");
    await program.start();
    await page.locator("[data-save='saved']").waitFor({ timeout: 30_000 });
    assert.equal(await headline(canvas).textContent(), "Typed while it died, and after");
    assert.equal(await storedTitle(project, at), "Typed while it died, and after");

    await typeInto(page, headline(canvas), "Both are gone");
    await program.kill();
    await page.close();
    await program.start();
    const next = await context.newPage();
    await (await openPage(next, project.slug, "index", at)).getByRole("heading", { name: "Both are gone" }).waitFor();
    await waitForSaved(next);
    assert.equal(await storedTitle(project, at), "Both are gone");
  } finally {
    await context.close();
    await program.remove();
  }
});

test("an answer of the renderer that comes late never shows an older text", async () => {
  await withProject("Late answer", ["hero", "text"], async (project, { page }, canvas) => {
    const held = await holdAnswers(page, "**/render");
    await typeInto(page, headline(canvas), "All");
    await waitUntil(async () => held.waiting() > 0, true, "an answer is on its way");
    await page.keyboard.type(" of it is here");
    // From here on every text that the heading ever shows is written down.
    await headline(canvas).evaluate((heading) => {
      const seen = new Set([heading.textContent]);
      const look = () => { const now = document.querySelector("h1[data-accid-prop]"); seen.add(now ? now.textContent : "nothing"); };
      new window.MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
      window.seenTexts = seen;
    });
    await page.keyboard.press("Enter");
    held.letGo();
    await waitForSaved(page);
    await waitUntil(async () => held.arrived() >= 2 && held.arrived() === held.waiting(), true, "all answers are there");
    const seen = await canvas.locator("body").evaluate(() => [...window.seenTexts].map((text) => text.trim()));
    assert.deepEqual(seen, ["All of it is here"]);
  });
});

test("undo while the renderer is at work ends at the undone text", async () => {
  await withProject("Undo meanwhile", ["hero", "text"], async (project, { page }, canvas) => {
    const before = (await headline(canvas).textContent()).trim();
    await clickOn(page, headline(canvas));
    const held = await holdAnswers(page, "**/render");
    await page.locator("[data-inspector='hero']").getByLabel("Title", { exact: true }).fill("Never mind");
    await waitUntil(async () => held.waiting() > 0, true, "an answer is on its way");
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    held.letGo();
    await waitUntil(async () => held.arrived() >= 2 && held.arrived() === held.waiting(), true, "all answers are there");
    await waitUntil(async () => (await headline(canvas).textContent()).trim(), before);
    await waitForSaved(page);
    assert.equal(await storedTitle(project), before);
  });
});

test("what another window does meanwhile leaves what is typed alone", async () => {
  await withProject("Another window", ["hero", "text"], async (project, { page, expectTrouble }, canvas) => {
    expectTrouble(/status of 412/);
    const [hero, text] = project.modules;
    // The other one changes another module, before and after the first letters are saved.
    await typeInto(page, headline(canvas), "One");
    await api(`/api/projects/${project.id}/modules/${text.id}`, { method: "PUT", body: { anchor: "first" } });
    await page.keyboard.type(" and");
    await waitForSaved(page);
    await api(`/api/projects/${project.id}/modules/${text.id}`, { method: "PUT", body: { anchor: "second" } });
    await page.keyboard.type(" another");
    assert.equal(await headline(canvas).textContent(), "One and another");
    await page.keyboard.press("Enter");
    await waitForSaved(page);
    await waitUntil(async () => (await api(`/api/projects/${project.id}/pages/index`)).modules.map((one) => one.props.title ?? one.anchor), ["One and another", "second"]);

    // It changes the very text, and at last takes the module away, while the caret stands in it.
    await clickOn(page, headline(canvas), { clickCount: 2 });
    await canvas.locator("[contenteditable]").waitFor();
    await api(`/api/projects/${project.id}/modules/${hero.id}`, { method: "PUT", body: { props: { ...hero.props, title: "From elsewhere" } } });
    await waitUntil(() => headline(canvas).textContent(), "From elsewhere");
    await page.keyboard.press("End");
    await page.keyboard.type("!");
    await waitForSaved(page);
    assert.equal(await storedTitle(project), "From elsewhere!");
    await api(`/api/projects/${project.id}/modules/${hero.id}`, { method: "DELETE" });
    await canvas.locator("[contenteditable]").waitFor({ state: "detached" });
    await page.locator("[data-spoken]", { hasText: "The module was removed elsewhere." }).waitFor({ state: "attached" });
    await rewrite(page, canvas.locator("[data-accid-rich] p").first(), "Still working");
    await page.keyboard.press("Escape");
    await waitForSaved(page);
  });
});
