// A holiday: photos come in, are looked through, placed, put into albums, and become a story that is exported without what is
// private. And a page of a site becomes a map.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { api, assertAccessible, base, canvasOf, launch, makeProject, openWindow, removeProject, waitForSaved, waitUntil } from "./lib/studio.mjs";
import { takePhotos } from "./lib/photograph.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const shots = [
  { name: "bequia-1.jpg", at: "2026-03-01T09:05:00", offset: "-04:00", lat: 13.0096, lon: -61.2417 },
  { name: "bequia-2.jpg", at: "2026-03-01T09:40:00", offset: "-04:00", lat: 13.0096, lon: -61.2417 },
  { name: "mustique.jpg", at: "2026-03-01T16:20:00", offset: "-04:00", lat: 12.8846, lon: -61.1877 },
  { name: "cays.jpg", at: "2026-03-02T10:00:00", offset: "-04:00", lat: 12.64, lon: -61.36 },
  { name: "lost.jpg", at: "2026-03-02T10:30:00", offset: "-04:00" },
];
const gpx = `<?xml version="1.0"?><gpx version="1.1" creator="boat" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>South</name><trkseg>${[0, 1, 2, 3, 4, 5, 6].map((step) => `<trkpt lat="${12.64 - step * 0.01}" lon="${-61.36 - step * 0.008}"><time>2026-03-02T14:${String(step * 10).padStart(2, "0")}:00Z</time></trkpt>`).join("")}</trkseg></trk></gpx>`;
const view = (page, name) => page.getByRole("navigation", { name: "Views" }).getByRole("button", { name }).click();

test("a folder of photos becomes a story on a map, and what is private stays at home", async () => {
  const { page, check } = await openWindow(browser);
  const project = await api("/api/projects", { method: "POST", body: { name: `Grenadines ${Date.now()}`, type: "gallery" } });
  const rows = async () => { const { columns, rows: all } = await api(`/api/gallery/${project.id}/index`); return all.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]]))); };
  try {
    await page.goto(`${base}/projects/${project.slug}`);
    await page.getByRole("heading", { name: "Drop your holiday here" }).waitFor();
    await assertAccessible(page, "an empty gallery");
    const files = await takePhotos(page, shots);
    await page.locator("input[type=file][aria-label='Photos']").first().setInputFiles([...files, { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") }, { name: "south.gpx", mimeType: "application/gpx+xml", buffer: Buffer.from(gpx) }]);
    await page.locator("[data-photo]").nth(4).waitFor({ timeout: 60_000 });
    await page.getByText("1 file could not be taken").waitFor();
    await page.getByRole("button", { name: "Dismiss" }).first().click();
    assert.deepEqual(await page.locator("[data-photo]").evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute("aria-label").split(";")[0])), shots.map((shot) => shot.name), "in the order of time");

    // Looked through with the keyboard, and undone.
    await page.getByRole("listbox", { name: /photos/ }).focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("5");
    await waitUntil(async () => (await rows())[0].rating, 5, "five stars by a key");
    await page.keyboard.press("Shift+ArrowRight");
    await page.getByRole("toolbar", { name: "Chosen photos" }).getByText("2 photos").waitFor();
    await page.keyboard.press("h");
    await waitUntil(async () => (await rows()).map((row) => row.flags & 1), [1, 1, 0, 0, 0], "hidden together");
    await page.keyboard.press("ControlOrMeta+z");
    await waitUntil(async () => (await rows()).map((row) => row.flags & 1), [0, 0, 0, 0, 0], "undone");
    await assertAccessible(page, "the photos with some chosen");

    // A point on a photo, to half a percent.
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    const picture = page.locator("[data-stage-photo]");
    await picture.waitFor();
    await page.getByRole("button", { name: "Add a point" }).click();
    const box = await picture.boundingBox();
    await page.mouse.click(box.x + box.width * 0.25, box.y + box.height * 0.5);
    const pin = page.locator("[data-marker]").first();
    await pin.waitFor();
    await pin.focus();
    await page.keyboard.press("ArrowRight");
    await page.getByRole("textbox", { name: "Label", exact: true }).fill("The anchorage");
    await page.getByRole("textbox", { name: "Label", exact: true }).press("Enter");
    const photos = (await api(`/api/gallery/${project.id}/photos?sort=taken`)).items;
    await waitUntil(async () => (await api(`/api/gallery/${project.id}/photos/${photos[0].id}`)).waypoints?.map((point) => [Math.abs(point.x - 25.5) < 0.3, Math.abs(point.y - 50) < 0.3, point.label]), [[true, true, "The anchorage"]], "the point is where it was put");
    await assertAccessible(page, "a photo with a point");
    await page.getByRole("button", { name: "All photos" }).click();

    // On the map: a sign for two photos at one place, the route, and the lost photo placed by time.
    await view(page, "Map");
    await page.locator("[data-track]").waitFor();
    await page.locator("[data-sign='2']").first().click();
    await page.locator("[data-cluster-photo]").nth(1).waitFor();
    await assertAccessible(page, "the map");
    await page.getByRole("button", { name: "Close" }).first().click();
    await page.getByRole("button", { name: "Place by time" }).first().click();
    await page.getByRole("button", { name: "Place 1 photo" }).click();
    await waitUntil(async () => (await rows()).filter((row) => row.lat === null).length, 0, "placed along the route");
    const lost = (await rows()).find((row) => row.name === "lost.jpg");
    assert.ok(Math.abs(lost.lat - 12.61) < 0.002 && Math.abs(lost.lon + 61.384) < 0.002, JSON.stringify(lost));

    // Albums by day, before and after they are made.
    await view(page, "Albums");
    await page.getByRole("button", { name: "Group by itself" }).click();
    await page.getByRole("button", { name: "Make 2 albums" }).click();
    await page.locator("[data-album]").nth(1).waitFor();
    await assertAccessible(page, "the albums");

    // The story is there by itself; words, a way of telling, and what is private.
    await view(page, "Story");
    await page.locator("[data-chapter]").nth(1).waitFor();
    const heading = page.getByRole("textbox", { name: "Heading of chapter 1" });
    await heading.fill("Out of Port Elizabeth");
    await page.getByRole("textbox", { name: "Text of chapter 1" }).click();
    await page.keyboard.type("We left with the first light.");
    await page.getByRole("textbox", { name: "Title of the story" }).fill("South to the Cays");
    await page.getByRole("textbox", { name: "Line below it" }).click();
    await page.locator("label[data-choice='map']").click();
    const told = page.frameLocator("iframe[title^='Preview']");
    await told.getByRole("heading", { level: 1, name: "South to the Cays" }).waitFor();
    await told.getByText("We left with the first light.").waitFor();
    await assertAccessible(page, "the story");
    await page.getByRole("button", { name: "Privacy" }).click();
    await page.getByRole("combobox", { name: "Places in what is published" }).selectOption("hidden");
    await assertAccessible(page, "privacy");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await waitUntil(async () => (await api(`/api/gallery/${project.id}/settings`)).privacy, "hidden");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export as zip" }).click()]);
    const zip = readFileSync(await download.path());
    assert.equal(zip.subarray(0, 2).toString(), "PK");
    assert.ok(zip.includes("index.html"), "the zip has the story");
    const page1 = await (await fetch(`${base}/api/gallery/${project.id}/template/map`)).text();
    const { dropper } = await api(`/api/gallery/${project.id}/generate-data`, { method: "POST", body: {} });
    assert.ok(!page1.includes("Mustique") && !/13\.00|61\.24/.test(page1 + JSON.stringify(dropper)), "what is published names no place");

    // On a telephone, everything is there too.
    await page.setViewportSize({ width: 390, height: 844 });
    await assertAccessible(page, "the story on a telephone");
    await view(page, "Photos");
    await page.locator("[data-photo]").first().waitFor();
    await assertAccessible(page, "the photos on a telephone");
    check();
  } finally {
    await page.context().close();
    await removeProject(project);
  }
});

test("a page becomes a map, and its modules stand where they belong", async () => {
  const { page, check } = await openWindow(browser);
  const project = await makeProject("A map of a page", ["text", "text"]);
  const saved = () => api(`/api/projects/${project.id}/pages/${project.page.id}`);
  try {
    await page.goto(`${base}/projects/${project.slug}/index`);
    await canvasOf(page);
    await page.keyboard.press("Escape");
    await page.getByRole("switch", { name: "This page is a map" }).click();
    await page.getByRole("combobox", { name: "Country or region" }).fill("lesser ant");
    await page.getByRole("option", { name: /Lesser Antilles/ }).click();
    await page.getByText("It shows Lesser Antilles.").waitFor();
    await page.getByRole("button", { name: "Arrange on the map" }).click();
    const map = page.getByRole("group", { name: /^Map of the page/ });
    await map.waitFor();
    await assertAccessible(page, "the map of a page");
    const [first, second] = (await saved()).modules.map((module) => module.id);
    // By hand, and with the keyboard alone.
    const shelf = await page.locator(`[data-shelf="${first}"]`).boundingBox();
    const box = await map.boundingBox();
    await page.mouse.move(shelf.x + 20, shelf.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
    await page.locator(`[data-pin="${first}"]`).waitFor();
    await page.locator(`[data-shelf="${second}"]`).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Put into the middle" }).focus();
    await page.keyboard.press("Enter");
    await page.locator(`[data-pin="${second}"]`).focus();
    await page.keyboard.press("Alt+Shift+ArrowDown");
    await page.keyboard.press("Escape");
    await waitForSaved(page);
    const places = (await saved()).modules.map((module) => module.place);
    assert.ok(places.every((place) => place.lat > 11 && place.lat < 19.5 && place.lon < -59 && place.lon > -66), JSON.stringify(places));
    assert.ok(places[1].lat < places[0].lat, "the second was moved south");
    await page.keyboard.press("ControlOrMeta+z");
    await waitForSaved(page);
    assert.ok(Math.abs((await saved()).modules[1].place.lat - places[0].lat) < 0.5, "undone");
    check();
  } finally {
    await page.context().close();
    await removeProject(project);
  }
});
