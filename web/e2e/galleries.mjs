// Every view of a gallery of photos, and of a page that is a map, is accessible and fits, as the other views are.
import { after, before, test } from "node:test";
import { judge, looks } from "./lib/looks.mjs";
import { takePhotos } from "./lib/photograph.mjs";
import { api, base, canvasOf, launch, removeProject } from "./lib/studio.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const shots = [
  { name: "bequia.jpg", at: "2026-03-01T09:05:00", offset: "-04:00", lat: 13.0096, lon: -61.2417 },
  { name: "mustique.jpg", at: "2026-03-01T16:20:00", offset: "-04:00", lat: 12.8846, lon: -61.1877 },
  { name: "cays.jpg", at: "2026-03-02T10:00:00", offset: "-04:00", lat: 12.64, lon: -61.36 },
  { name: "lost.jpg", at: "2026-03-02T10:30:00", offset: "-04:00" },
];
const turnTo = (page, name) => page.getByRole("navigation", { name: "Views" }).getByRole("button", { name }).click();

async function seePhotos({ page, see, close }, project) {
  await page.goto(`${base}/projects/${project.slug}`);
  await page.getByRole("heading", { name: "Drop your holiday here" }).waitFor();
  await see("an empty gallery");
  await page.locator("input[type=file][aria-label='Photos']").first().setInputFiles(await takePhotos(page, shots));
  await page.locator("[data-photo]").nth(shots.length - 1).waitFor({ timeout: 60_000 });
  await see("the photos");
  await page.getByRole("listbox", { name: /photos/ }).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowRight");
  await page.getByRole("toolbar", { name: "Chosen photos" }).waitFor();
  await see("the photos with some chosen");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.locator("[data-stage-photo]").waitFor();
  await see("a photo");
  await page.getByRole("button", { name: "All photos" }).click();
  await close();
}

async function seeTelling({ page, see, close }) {
  await turnTo(page, "Map");
  await page.locator("[data-sign], [data-pin]").first().waitFor();
  await see("the map of a gallery");
  await turnTo(page, "Albums");
  await page.getByRole("button", { name: "Group by itself" }).click();
  await page.getByRole("button", { name: /^Make \d+ albums/ }).waitFor();
  await see("albums that are proposed");
  await page.getByRole("button", { name: /^Make \d+ albums/ }).click();
  await page.locator("[data-album]").first().waitFor();
  await see("the albums");
  await turnTo(page, "Story");
  await page.locator("[data-chapter]").nth(1).waitFor();
  await page.locator("iframe[title^='Preview']").waitFor({ state: "attached" });
  await see("the story");
  await page.getByRole("button", { name: "Privacy" }).click();
  await page.getByRole("combobox", { name: "Places in what is published" }).waitFor();
  await see("what is private");
  await close();
}

/** The page of the demo that is a map. */
async function seeMap({ page, see, drawer, fold }) {
  const { items } = await api("/api/projects/yacht-adventures/pages");
  const route = items.find((one) => one.spatial);
  await page.goto(`${base}/projects/yacht-adventures/${route.slug}`);
  await canvasOf(page);
  await drawer("Inspector");
  await page.getByRole("switch", { name: "This page is a map" }).waitFor();
  await see("the settings of a map");
  await page.getByRole("button", { name: "Arrange on the map" }).click();
  await page.getByRole("group", { name: /^Map of the page/ }).waitFor();
  await see("a map that is arranged");
  await fold();
}

for (const look of looks) {
  test(`every view of a gallery and of a map has no axe violation and fits (${look.name})`, async () => {
    const project = await api("/api/projects", { method: "POST", body: { name: `Photos at ${look.name} ${Date.now()}`, type: "gallery" } });
    const judged = await judge(browser, look);
    try {
      await seePhotos(judged, project);
      await seeTelling(judged);
      await seeMap(judged);
      judged.check();
    } finally {
      await judged.context.close();
      await removeProject(project);
    }
  });
}
