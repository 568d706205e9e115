// Every view of the studio is accessible, in the dark and in the light, on a phone and on a desk.
import { after, before, test } from "node:test";
import { assertAccessible, base, canvasOf, launch, openPage, openWindow } from "./lib/studio.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const project = "yacht-adventures";
const looks = [
  { name: "dark, 1440", options: { colorScheme: "dark", viewport: { width: 1440, height: 900 } } },
  { name: "light, 1440", options: { colorScheme: "light", viewport: { width: 1440, height: 900 } } },
  { name: "dark, 768", options: { colorScheme: "dark", viewport: { width: 768, height: 1024 } } },
  { name: "light, 360", options: { colorScheme: "light", viewport: { width: 360, height: 740 } } },
];

for (const { name, options } of looks) {
  test(`every view has no axe violation (${name})`, async () => {
    const { page, context, check } = await openWindow(browser, options);
    const see = async (what) => assertAccessible(page, `${what}, ${name}`);
    const close = () => page.keyboard.press("Escape");
    const wide = options.viewport.width >= 1100;
    await page.goto(base);
    await page.getByRole("link", { name: "Yacht Adventures" }).waitFor();
    await see("the dashboard");
    await page.getByRole("button", { name: "New project" }).click();
    await see("the dialog for a new project");
    await close();
    await page.getByRole("button", { name: /^Actions for/ }).first().click();
    await see("the menu of a project");
    await close();
    await page.goto(`${base}/trash`);
    await page.getByRole("heading", { name: "Trash", exact: true }).waitFor();
    await see("the trash");
    await page.goto(`${base}/settings`);
    await page.getByRole("button", { name: "Save settings" }).waitFor();
    await see("the settings");
    await page.goto(`${base}/nothing-here`);
    await see("an address with nothing at it");

    await openPage(page, project);
    await see("the builder");
    const left = async () => { if (!wide) await page.getByRole("button", { name: "Pages and modules" }).click(); };
    const right = async () => { if (!wide) await page.getByRole("button", { name: "Inspector" }).click(); };
    const back = async () => { if (!wide) await close(); };
    await left();
    await see("pages and outline");
    await page.getByRole("tab", { name: "Add" }).click();
    await see("the palette of modules");
    // The fonts of the themes that are not the saved one.
    await page.getByRole("tab", { name: "Design" }).click();
    await page.locator("[data-theme-card]").first().waitFor();
    await see("the look of the site");
    await page.getByRole("tab", { name: "Site" }).click();
    await page.getByRole("textbox", { name: "Author" }).waitFor();
    await see("the settings of the site");
    await page.getByRole("tab", { name: "Structure" }).click();
    const rows = await page.getByRole("treeitem").all();
    await back();
    const kinds = new Set();
    for (let index = 0; index < rows.length; index += 1) {
      await page.locator("[data-stage]").focus();
      await page.keyboard.press(index === 0 ? "Escape" : "ArrowDown");
      if (index === 0) await page.keyboard.press("ArrowDown");
      await right();
      const kind = await page.locator("[data-inspector]").getAttribute("data-inspector");
      if (!kinds.has(kind)) {
        kinds.add(kind);
        await see(`the inspector of ${kind}`);
        if (kinds.size === 1) {
          for (const tab of ["Style", "Layout", "Content"]) { await page.getByRole("tab", { name: tab }).click(); await see(`the inspector's ${tab}`); }
        }
      }
      await back();
    }
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("combobox", { name: "Find a command" }).waitFor();
    await see("the command palette");
    await close();
    await page.locator("[data-stage]").focus();
    await page.keyboard.press("?");
    await page.getByRole("heading", { name: "Keyboard shortcuts" }).waitFor();
    await see("the sheet of shortcuts");
    await close();
    await page.getByRole("button", { name: "History" }).click();
    await page.locator("iframe[title^='The page as it was']").waitFor({ state: "attached" });
    await see("the history");
    await close();
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByRole("tab", { name: "Export to a folder" }).waitFor();
    await see("publishing");
    await page.getByRole("tab", { name: "Export to a folder" }).click();
    await see("the export");
    await close();
    await canvasOf(page);
    check();
    await context.close();
  });
}
