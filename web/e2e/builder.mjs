// The builder: keyboard, pointer, undo, two windows, and a server that goes away.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, assertAccessible, canvasOf, clickOn, launch, makeProject, openPage, openWindow, removeProject, rewrite, waitForSaved } from "./lib/studio.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

async function withProject(name, types, run) {
  const project = await makeProject(name, types);
  const window = await openWindow(browser);
  try {
    await run(project, window, await openPage(window.page, project.slug));
    window.check();
  } finally {
    await window.context.close();
    await removeProject(project);
  }
}
const order = (canvas) => canvas.locator("[data-accid-slot='page'] > [data-accid-id]").evaluateAll((all) => all.map((one) => one.dataset.accidId));
const stored = async (project) => (await api(`/api/projects/${project.id}/pages/index`)).modules.map((module) => module.id);
const waitForOrder = async (canvas, wanted) => {
  for (let round = 0; round < 100; round += 1) {
    if ((await order(canvas)).join() === wanted.join()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.deepEqual(await order(canvas), wanted);
};

test("modules are chosen, moved, copied, deleted and brought back with the keyboard alone", async () => {
  await withProject("Keyboard", ["hero", "text", "text"], async (project, { page }, canvas) => {
    const [hero, first, second] = project.modules.map((module) => module.id);
    await page.locator("[data-stage]").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Alt+ArrowDown");
    await waitForOrder(canvas, [hero, second, first]);
    await page.getByText("Moved: 3 of 3 on the page").waitFor({ state: "attached" });
    await page.keyboard.press("ControlOrMeta+d");
    await page.locator("[role=treeitem]").nth(3).waitFor();
    await page.keyboard.press("Delete");
    await page.keyboard.press("ControlOrMeta+z");
    await page.keyboard.press("ControlOrMeta+z");
    await waitForOrder(canvas, [hero, second, first]);
    await page.keyboard.press("ControlOrMeta+z");
    await waitForOrder(canvas, [hero, first, second]);
    await page.keyboard.press("ControlOrMeta+Shift+z");
    await waitForOrder(canvas, [hero, second, first]);
    await waitForSaved(page);
    assert.deepEqual(await stored(project), [hero, second, first]);
  });
});

test("a module is added through the command palette and its text edited with the keyboard alone", async () => {
  await withProject("Palette", ["hero"], async (project, { page }, canvas) => {
    await page.locator("[data-stage]").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("Typed in place");
    await page.keyboard.press("Enter");
    await canvas.getByRole("heading", { name: "Typed in place" }).waitFor();
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("add: text");
    await page.keyboard.press("Enter");
    await page.locator("[data-inspector='text']").waitFor();
    await waitForSaved(page);
    const saved = await api(`/api/projects/${project.id}/pages/index`);
    assert.deepEqual(saved.modules.map((module) => module.type), ["hero", "text"]);
    assert.equal(saved.modules[0].props.title, "Typed in place");
  });
});

test("a module is dragged from the palette to where the line is, and from place to place on the canvas", async () => {
  await withProject("Pointer", ["hero", "text"], async (project, { page }, canvas) => {
    await page.getByRole("tab", { name: "Add" }).click();
    const from = await page.locator("[data-kind='button']").boundingBox();
    const text = canvas.locator(`[data-accid-id='${project.modules[1].id}']`);
    const target = await text.boundingBox();
    await page.mouse.move(from.x + 20, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(from.x + 40, from.y + 30, { steps: 3 });
    await page.mouse.move(target.x + target.width / 2, target.y + 4, { steps: 6 });
    // The line is drawn with the next frame, as everything on the canvas is.
    const isAtText = (y) => Math.abs(document.querySelector("[data-drop-line]").getBoundingClientRect().y - y) < 24;
    await page.waitForFunction(isAtText, target.y, { polling: "raf", timeout: 5_000 });
    await page.mouse.up();
    await page.locator("[data-inspector='button']").waitFor();
    await waitForSaved(page);
    const [hero, added, last] = await stored(project);
    assert.equal(hero, project.modules[0].id);
    assert.equal(last, project.modules[1].id);

    const moved = await text.boundingBox();
    const top = await canvas.locator(`[data-accid-id='${hero}']`).boundingBox();
    await page.mouse.move(moved.x + moved.width / 2, moved.y + moved.height / 2);
    await page.mouse.down();
    await page.mouse.move(moved.x + moved.width / 2, moved.y - 10, { steps: 4 });
    await page.mouse.move(top.x + top.width / 2, top.y + 5, { steps: 6 });
    await page.mouse.up();
    await waitForOrder(canvas, [last, hero, added]);
    await waitForSaved(page);
    assert.deepEqual(await stored(project), [last, hero, added]);
  });
});

test("rich text is edited in place, with its toolbar", async () => {
  await withProject("Rich text", ["text"], async (project, { page }, canvas) => {
    await clickOn(page, canvas.locator("[data-accid-rich]").first(), { clickCount: 2 });
    await page.getByRole("toolbar", { name: "Text", exact: true }).waitFor();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("Fair ");
    await page.getByRole("toolbar", { name: "Text", exact: true }).getByRole("button", { name: "Bold" }).click();
    await page.keyboard.type("wind");
    await page.keyboard.press("Escape");
    await canvas.locator("strong", { hasText: "wind" }).waitFor();
    await waitForSaved(page);
    const [module] = (await api(`/api/projects/${project.id}/pages/index`)).modules;
    const doc = Object.values(module.props).find((value) => value?.type === "doc");
    const [paragraph] = doc.content;
    assert.deepEqual(paragraph.content, [{ type: "text", text: "Fair " }, { type: "text", marks: [{ type: "bold" }], text: "wind" }]);
  });
});

test("what is typed in the inspector shows on the canvas at once, and undo brings it back", async () => {
  await withProject("Inspector", ["hero"], async (project, { page }, canvas) => {
    await clickOn(page, canvas.locator("h1, h2").first());
    const field = page.locator("[data-inspector='hero']").getByLabel("Title", { exact: true });
    const before = await field.inputValue();
    await field.fill("From the inspector");
    await canvas.getByRole("heading", { name: "From the inspector" }).waitFor({ timeout: 2000 });
    await waitForSaved(page);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await canvas.getByRole("heading", { name: before }).waitFor();
    assert.equal(await field.inputValue(), before);
    await waitForSaved(page);
  });
});

test("two windows: one follows the other, different changes come together, the same change asks", async () => {
  await withProject("Two windows", ["hero", "text"], async (project, { page, context, expectTrouble }, canvas) => {
    expectTrouble(/status of 412/);
    const other = await context.newPage();
    const otherCanvas = await openPage(other, project.slug);
    await rewrite(page, canvas.locator("h1, h2").first(), "From the first window");
    await otherCanvas.getByRole("heading", { name: "From the first window" }).waitFor({ timeout: 5000 });

    // The first window's change is held back until the second one has changed the same text.
    let release;
    const held = new Promise((done) => { release = done; });
    await page.route("**/api/projects/*/pages/*", async (route) => { if (route.request().method() === "PATCH") await held; await route.continue(); });
    await rewrite(page, canvas.locator("h1, h2").first(), "Mine");
    await page.waitForTimeout(600);
    await rewrite(other, otherCanvas.locator("h1, h2").first(), "Theirs");
    await waitForSaved(other);
    release();
    // The question can wait, and is found again.
    await page.getByRole("heading", { name: "Changed in two places" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Decide" }).click();
    // Value by value, with what it was before.
    const question = page.locator("[data-conflict]");
    assert.equal(await question.count(), 1);
    await question.getByText("From the first window").waitFor();
    await question.getByRole("radio", { name: /^Mine/ }).waitFor();
    await assertAccessible(page, "the question whose to keep");
    await question.getByRole("radio", { name: /^Theirs/ }).check();
    await page.getByRole("button", { name: "Keep what is chosen" }).click();
    await canvas.getByRole("heading", { name: "Theirs" }).waitFor();
    await waitForSaved(page);
  });
});

test("pages are made, nested, renamed and removed", async () => {
  await withProject("Pages", ["text"], async (project, { page }) => {
    await page.getByRole("button", { name: "New page" }).click();
    await page.getByLabel("Title", { exact: true }).fill("Our boats");
    await page.getByRole("button", { name: "Create page" }).click();
    await page.waitForURL(/our-boats$/);
    await canvasOf(page);
    await page.getByRole("button", { name: "Actions for page Our boats" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByRole("dialog").getByLabel("Title").fill("The boats");
    await page.getByLabel("Address").fill("boats");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.waitForURL(/\/boats$/);
    await canvasOf(page);
    await page.getByRole("button", { name: "Actions for page The boats" }).click();
    await page.getByRole("menuitem", { name: "Move to trash" }).click();
    await page.getByText("“The boats” is in the trash.").waitFor();
    await page.waitForURL(/\/index$/);
    await page.getByRole("button", { name: "Undo", exact: true }).last().click();
    await page.getByRole("link", { name: "The boats" }).waitFor();
    assert.deepEqual((await api(`/api/projects/${project.id}/pages`)).items.map((one) => one.slug).sort(), ["boats", "index"]);
  });
});

test("pages are put in order and nested, with the keyboard and with the pointer", async () => {
  await withProject("Page tree", ["text"], async (project, { page }) => {
    for (const title of ["Boats", "Team", "News"]) await api(`/api/projects/${project.id}/pages`, { method: "POST", body: { title } });
    const row = (title) => page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: title });
    const tree = async () => {
      const all = (await api(`/api/projects/${project.id}/pages`)).items;
      return all.filter((one) => one.slug !== "index").sort((a, b) => a.order - b.order).map((one) => `${all.find((other) => other.id === one.parent)?.slug ?? ""}/${one.slug}`).sort().join(" ");
    };
    const order = () => page.locator("[data-page-row] a").allTextContents();
    const wait = async (read, wanted) => {
      for (let round = 0; round < 100 && String(await read()) !== String(wanted); round += 1) await new Promise((done) => setTimeout(done, 50));
      assert.equal(String(await read()), String(wanted));
    };
    await row("News").waitFor();
    await wait(order, ["Page tree", "Boats", "Team", "News"]);
    await row("News").focus();
    await page.keyboard.press("Alt+ArrowUp");
    await page.getByText("“News” moved: 3 of 4 at the top").waitFor({ state: "attached" });
    await wait(order, ["Page tree", "Boats", "News", "Team"]);
    await wait(() => row("News").evaluate((element) => element === document.activeElement), true);
    await page.keyboard.press("Alt+ArrowRight");
    await page.getByText("“News” moved: 1 of 1 under “Boats”").waitFor({ state: "attached" });
    await wait(tree, "/boats /team boats/news");
    assert.equal(await row("News").evaluate((element) => element === document.activeElement), true);

    const from = await row("Team").boundingBox();
    const onto = await row("Boats").boundingBox();
    await page.mouse.move(from.x + 30, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(onto.x + 40, onto.y + onto.height / 2, { steps: 6 });
    await page.locator("[data-page-row][data-drop='inside']").waitFor();
    await page.mouse.up();
    await wait(tree, "/boats boats/news boats/team");
    await wait(order, ["Page tree", "Boats", "News", "Team"]);
    assert.match(page.url(), /\/index$/);
  });
});

test("the canvas is zoomed, and the panels are folded away and stay so", async () => {
  await withProject("Zoom", ["hero", "text"], async (project, { page }, canvas) => {
    const waitForWidth = (wanted) => page.waitForFunction((width) => Math.round(document.querySelector("iframe[title^='Page:']").getBoundingClientRect().width) === width, wanted);
    await page.locator("[data-stage]").focus();
    await page.keyboard.press("1");
    await waitForWidth(1280);
    await page.keyboard.press("+");
    await waitForWidth(1600);
    // What is clicked is still what is under the pointer.
    await clickOn(page, canvas.locator("h1, h2").first());
    await page.locator("[data-inspector='hero']").waitFor();
    await page.getByLabel("Zoom of the canvas").selectOption("0.5");
    await waitForWidth(640);
    await page.getByLabel("Zoom of the canvas").selectOption("fit");
    await waitForWidth(836);
    await page.getByRole("button", { name: "Pages and modules" }).click();
    await page.getByRole("button", { name: "Inspector" }).click();
    await waitForWidth(1438);
    await page.reload();
    await canvasOf(page);
    assert.equal(await page.getByRole("complementary").count(), 0);
  });
});
