// Every view of the studio is accessible, in the dark and in the light, on a desk and on a phone; nothing of it is
// wider than the window.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { covers, judge, looks } from "./lib/looks.mjs";
import { api, base, canvasOf, launch, makeProject, openPage, removeProject } from "./lib/studio.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const listing = /\/api\/projects(\?.*)?$/;
const demo = "yacht-adventures";

async function seeStudio({ page, see, close }) {
  await page.goto(base);
  await page.getByRole("link", { name: "Yacht Adventures" }).waitFor();
  await see("the dashboard");
  await page.getByLabel("Search projects").fill("no such thing");
  await page.getByRole("button", { name: "Show all" }).waitFor();
  await see("a search that finds nothing");
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByRole("button", { name: "New project" }).click();
  await page.locator("[data-choice='portfolio']").waitFor();
  await see("the dialog for a new project");
  await page.getByRole("radio", { name: /React app/ }).check();
  await see("the dialog for a project that is built by a command");
  await close();
  await page.getByRole("button", { name: "Open folder…" }).click();
  await page.getByRole("dialog").waitFor();
  await see("the dialog for a folder elsewhere");
  await close();
  const menu = page.getByRole("button", { name: "Actions for Yacht Adventures" });
  await menu.click();
  await see("the menu of a project", covers);
  await page.getByRole("menuitem", { name: "Save as a zip…" }).click();
  await page.getByRole("dialog", { name: /as a zip/ }).waitFor();
  await see("the dialog for a zip");
  await close();
  await menu.click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("heading", { name: "Rename project" }).waitFor();
  await see("the dialog for another name");
  await close();
  await page.goto(`${base}/trash`);
  await page.getByRole("button", { name: "Empty trash" }).click();
  await see("the question before the trash is emptied");
  await close();
  await see("the trash");
  await page.goto(`${base}/settings`);
  await page.getByRole("button", { name: "Save settings" }).waitFor();
  await see("the settings");
  await page.goto(`${base}/system`);
  await page.getByRole("heading", { name: "Disk" }).waitFor();
  await page.getByRole("log").waitFor();
  await see("the system");
  await page.goto(`${base}/backup`);
  await page.getByRole("heading", { name: "Keep a copy somewhere else" }).waitFor();
  await see("the backups before there is a place for them");
  await page.getByRole("button", { name: "Choose a place" }).click();
  await page.getByRole("dialog").waitFor();
  await see("the place for backups");
  await close();
  await page.goto(`${base}/nothing-here`);
  await page.getByRole("heading", { name: "There is nothing at this address" }).waitFor();
  await see("an address with nothing at it");
}

/** A project that a command builds, before anybody said which. */
async function seeBuilt({ page, see }, name) {
  const project = await api("/api/projects", { method: "POST", body: { name, type: "react" } });
  await page.goto(`${base}/projects/${project.slug}`);
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await see("a project that a command builds");
  await removeProject(project);
}

async function seeEmptyAndBroken({ page, see, expectTrouble }) {
  await page.route(listing, (route) => route.fulfill({ json: { success: true, data: { items: [], page: 1, perPage: 100, total: 0 } } }));
  await page.goto(base);
  await page.getByRole("heading", { name: "Your first website starts here" }).waitFor();
  await see("the dashboard without a project");
  expectTrouble(/status of 503/);
  await page.unroute(listing);
  await page.route(listing, (route) => route.fulfill({ status: 503, contentType: "application/problem+json", json: { title: "The projects cannot be read.", status: 503, detail: "The disk is not there.", error: "unavailable" } }));
  await page.goto(base);
  await page.getByRole("button", { name: "Try again" }).waitFor();
  await see("the dashboard that cannot be read");
  await page.unroute(listing);
}

async function seePanels({ page, see, drawer, fold }) {
  await openPage(page, demo);
  await see("the builder");
  await drawer("Pages and modules");
  await see("pages and outline");
  await page.getByRole("tab", { name: "Add" }).click();
  await see("the palette of modules");
  await page.getByRole("tab", { name: "Design" }).click();
  await page.locator("[data-theme-card]").first().waitFor();
  await see("the look of the site");
  await page.getByRole("tab", { name: "Site" }).click();
  await page.getByRole("textbox", { name: "Author" }).waitFor();
  await see("the settings of the site");
  await page.getByRole("tab", { name: "Structure" }).click();
  await page.getByRole("button", { name: /^Actions for page/ }).nth(1).click();
  await page.getByRole("menu").waitFor();
  await see("the menu of a page", covers);
  await page.keyboard.press("Escape");
  await fold();
}

async function seeInspector({ page, see, isWide, drawer, fold }) {
  const stage = page.locator("[data-stage]");
  const rows = isWide ? await page.getByRole("treeitem").count() : 3;
  const kinds = new Set();
  await stage.focus();
  await page.keyboard.press("Escape");
  for (let index = 0; index < rows; index += 1) {
    await stage.focus();
    await page.keyboard.press("ArrowDown");
    await drawer("Inspector");
    const kind = await page.locator("[data-inspector]").getAttribute("data-inspector");
    if (!kinds.has(kind)) {
      kinds.add(kind);
      await see(`the inspector of ${kind}`);
      if (kind === "hero") {
        for (const tab of ["Style", "Layout", "Content"]) { await page.getByRole("tab", { name: tab }).click(); await see(`the inspector's ${tab}`); }
      }
    }
    await fold();
  }
  assert.ok(kinds.has("hero"), "the inspector of a hero was seen");
}

async function seeTools({ page, see, close }) {
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Find a command" }).waitFor();
  await see("the command palette");
  await close();
  await page.locator("[data-stage]").focus();
  await page.keyboard.press("?");
  await page.getByRole("heading", { name: "Keyboard shortcuts" }).waitFor();
  await see("the sheet of shortcuts");
  await close();
  await page.keyboard.press("ControlOrMeta+s");
  await page.getByRole("heading", { name: "Keep a named version" }).waitFor();
  await see("the name of a version");
  await close();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByRole("tab", { name: "Export to a folder" }).waitFor();
  await see("publishing");
  await page.getByRole("tab", { name: "Export to a folder" }).click();
  await page.getByRole("button", { name: "Export", exact: true }).waitFor();
  await see("the export");
  await close();
  await canvasOf(page);
}

/** What a project has only now and then: an empty page, steps, what is folded away, a check, a form to try. */
async function seeSeldom({ page, see, close, drawer, fold }, tutorial) {
  await openPage(page, tutorial.slug);
  await page.getByRole("heading", { name: "An empty page" }).waitFor();
  await see("an empty page");
  await drawer("Pages and modules");
  await page.getByText("has no steps yet").waitFor();
  await see("a tutorial without steps");
  await fold();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("New step");
  await page.keyboard.press("Enter");
  await page.getByLabel("What is done in it").fill("Cut the planks");
  await see("the dialog for a new step");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Cut the planks" }).waitFor();
  await canvasOf(page);
  await drawer("Pages and modules");
  await see("the steps of a tutorial");
  await fold();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("Preview the tutorial");
  await page.keyboard.press("Enter");
  await page.locator("iframe[title^='Step 1']").waitFor();
  await see("the preview of a tutorial");
  await close();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("Check the site");
  await page.keyboard.press("Enter");
  await page.locator("[data-check]:not([data-check=''])").waitFor();
  await see("the check");
  await close();
  await page.goto(`${base}/form-test.html`);
  await page.getByRole("heading", { name: "Nothing to test here" }).waitFor();
  await see("a test of no form");
}

async function seeHistory({ page, see, close }, project) {
  await openPage(page, project.slug);
  const button = page.getByRole("button", { name: "History", exact: true });
  if (await button.isVisible()) await button.click();
  else {
    await page.getByRole("button", { name: "More", exact: true }).click();
    await see("what a telephone's bar has no room for", covers);
    await page.getByRole("menuitem", { name: "History" }).click();
  }
  await page.locator("iframe[title^='The page as it was']").waitFor({ state: "attached" });
  await page.getByRole("button", { name: /^Hero changed/ }).waitFor();
  await see("the history");
  const folded = page.getByRole("button", { name: /^First words/, expanded: false });
  if (await folded.isVisible()) {
    await folded.click();
    await see("the versions to choose from");
    await page.getByRole("button", { expanded: true }).click();
  }
  await page.getByRole("button", { name: "Restore project" }).click();
  await page.getByRole("heading", { name: "Restore the whole project?" }).waitFor();
  await see("the question before a project is restored");
  await close();
}

for (const look of looks) {
  test(`every view has no axe violation and fits (${look.name})`, async () => {
    const project = await makeProject(`Seen at ${look.name}`, ["hero", "text"]);
    const tutorial = await makeProject(`Steps at ${look.name}`, [], base, "tutorial");
    const [hero, text] = project.modules;
    await api(`/api/projects/${project.id}/time-machine/snapshot`, { method: "POST", body: { message: "First words" } });
    await api(`/api/projects/${project.id}/modules/${hero.id}`, { method: "PUT", body: { props: { ...hero.props, title: "Second thoughts" } } });
    await api(`/api/projects/${project.id}/modules/${text.id}`, { method: "DELETE" });
    const judged = await judge(browser, look);
    await seeStudio(judged);
    await seeBuilt(judged, `Built at ${look.name}`);
    await seePanels(judged);
    await seeInspector(judged);
    await seeTools(judged);
    await seeHistory(judged, project);
    await seeSeldom(judged, tutorial);
    await seeEmptyAndBroken(judged);
    judged.check();
    await judged.context.close();
    await Promise.all([project, tutorial].map(removeProject));
  });
}
