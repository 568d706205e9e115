// A holiday: photos come in, are looked through, placed, put into albums, and become a story that is exported without what is
// private. And a page of a site becomes a map.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
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

/** What somebody does who never saw ACCID: a folder in, a story out, on a place of one's own. */
test("a newcomer's folder of photos becomes a published story", async () => {
  const { page, check } = await openWindow(browser);
  const folder = mkdtempSync(join(tmpdir(), "accid-holiday-"));
  const name = `Holiday ${Date.now()}`;
  let project = null;
  try {
    await page.goto(base);
    await page.getByRole("button", { name: "New project" }).first().click();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
    await page.locator("label[data-choice='gallery']").click();
    await page.getByRole("button", { name: "Create and open" }).click();
    await page.getByRole("heading", { name: "Drop your holiday here" }).waitFor();
    project = (await api("/api/projects?perPage=200")).items.find((one) => one.name === name);
    mkdirSync(join(folder, "in", "day two"), { recursive: true });
    for (const { name: file, buffer } of await takePhotos(page, shots)) writeFileSync(join(folder, "in", file.startsWith("lost") ? "day two" : "", file), buffer);
    await page.locator("input[type=file][aria-label='Folder of photos']").first().setInputFiles(join(folder, "in"));
    await page.locator("[data-photo]").nth(shots.length - 1).waitFor({ timeout: 60_000 });

    await view(page, "Story");
    await page.locator("[data-chapter]").nth(1).waitFor();
    await page.getByRole("textbox", { name: "Heading of chapter 1" }).fill("Two anchorages");
    await page.locator("label[data-choice='map']").click();
    await page.frameLocator("iframe[title^='Preview']").getByText("Two anchorages").first().waitFor();

    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByRole("tab", { name: "Publish" }).click();
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("mine");
    await page.getByRole("textbox", { name: "Folder" }).fill(join(folder, "site"));
    await page.getByRole("button", { name: "Save this place" }).click();
    await page.getByRole("radio", { name: /mine/ }).waitFor();
    await page.getByRole("button", { name: "See what would change" }).click();
    await page.getByText(/^New: \d+/).waitFor();
    await page.getByRole("button", { name: "Publish now" }).click();
    await page.locator("[data-published]").waitFor({ timeout: 60_000 });
    await page.keyboard.press("Escape");
    check();

    // As a visitor opens it, from a folder: the route is drawn as one reads on.
    const visitor = await openWindow(browser, { reducedMotion: "no-preference" });
    await visitor.page.goto(pathToFileURL(join(folder, "site", "index.html")).href);
    await visitor.page.getByText("Two anchorages").first().waitFor();
    const broken = () => visitor.page.evaluate(async () => { await Promise.all([...document.images].map((image) => { image.loading = "eager"; return image.decode().catch(() => undefined); })); return [...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.src); });
    assert.deepEqual(await broken(), []);
    const drawn = () => visitor.page.evaluate(() => Number.parseFloat(getComputedStyle(document.querySelector(".geo-route[class*='leg-'] > path, .geo-route.is-whole > path")).strokeDashoffset) || 0);
    if (await visitor.page.evaluate(() => CSS.supports("animation-timeline: view()") && CSS.supports("timeline-scope: --a"))) {
      const first = await drawn();
      await visitor.page.evaluate(() => document.querySelector(".stops > li:last-of-type").scrollIntoView({ block: "center", behavior: "instant" }));
      await waitUntil(async () => (await drawn()) < first, true, "the route is longer at the end of the story");
    }
    visitor.check();
    await visitor.context.close();

    // The history shows the story as it was, and brings its words back.
    await api(`/api/projects/${project.id}/time-machine/snapshot`, { method: "POST", body: { message: "As published" } });
    await page.getByRole("textbox", { name: "Heading of chapter 1" }).fill("Something else");
    await page.getByRole("textbox", { name: "Title of the story" }).click();
    await page.frameLocator("iframe[title^='Preview']").getByText("Something else").first().waitFor();
    await page.getByRole("button", { name: "History" }).click();
    await page.getByRole("button", { name: /As published/ }).click();
    await page.frameLocator("iframe[title^='The story as it was']").getByText("Two anchorages").first().waitFor();
    await page.frameLocator("iframe[title='The story as it is today']").getByText("Something else").first().waitFor();
    await page.getByRole("region", { name: "What differs" }).getByText("Chapter").first().waitFor();
    await assertAccessible(page, "the history of a story");
    await page.getByRole("button", { name: "Restore story", exact: true }).click();
    await page.getByText(/The story .* is as it was then/).waitFor();
    const headings = async () => (await api(`/api/gallery/${project.id}/stories`)).items[0].chapters[0].title;
    await waitUntil(headings, "Two anchorages", "restored");
    check();

    // Who may only look is offered nothing that changes it.
    await page.route("**/api/me", (route) => route.fulfill({ json: { success: true, data: { name: "Ada", may: ["read"] } } }));
    await page.goto(`${base}/projects/${project.slug}`);
    await page.locator("[data-photo]").first().click();
    await page.getByRole("group", { name: "Rating" }).waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Title" }).isDisabled(), true);
    await assertAccessible(page, "photos that may only be looked at");
    for (const gone of ["Add photos", "Undo", "Publish", "Move to trash"]) assert.equal(await page.getByRole("button", { name: gone, exact: true }).count(), 0, gone);
    for (const [where, gone] of [["Map", "Draw a route"], ["Albums", "New album"], ["Story", "By day"]]) {
      await view(page, where);
      await page.getByRole("main", { name: where }).waitFor();
      assert.equal(await page.getByRole("button", { name: gone, exact: true }).count(), 0, gone);
      await assertAccessible(page, `${where}, to be looked at only`);
    }
    check();
  } finally {
    await page.context().close();
    rmSync(folder, { recursive: true, force: true });
    if (project) await removeProject(project);
  }
});

test("tiles of another host are asked for only when somebody turned that on", async () => {
  const { page, check } = await openWindow(browser);
  const asked = [];
  const tile = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPj/HwADBwIAMCbHYQAAAABJRU5ErkJggg==", "base64");
  const tiles = createServer((request, answer) => { asked.push(request.url); answer.setHeader("content-type", "image/png"); answer.setHeader("cross-origin-resource-policy", "cross-origin"); answer.end(tile); }).listen(0, "127.0.0.1");
  await new Promise((done) => { tiles.once("listening", done); });
  const address = `http://127.0.0.1:${tiles.address().port}`;
  const project = await api("/api/projects", { method: "POST", body: { name: `Tiles ${Date.now()}`, type: "gallery" } });
  try {
    await page.goto(`${base}/projects/${project.slug}`);
    await page.locator("input[type=file][aria-label='Photos']").first().setInputFiles((await takePhotos(page, shots)).slice(0, 3));
    await page.locator("[data-photo]").nth(2).waitFor({ timeout: 60_000 });
    await view(page, "Story");
    await page.locator("label[data-choice='map']").click();
    const told = page.frameLocator("iframe[data-template='map']");
    await told.locator(".geo-sheet svg").waitFor();
    assert.equal(await told.locator(".geo-tiles").count(), 0);
    check();
    await page.getByRole("button", { name: "Privacy" }).click();
    await page.locator("label[data-choice='online']").click();
    await page.getByText("will ask that host").waitFor();
    await assertAccessible(page, "the choice of a map");
    await page.getByRole("textbox", { name: "Address of the tiles" }).fill(`${address}/{z}/{x}/{y}.png`);
    await page.getByText(`Every visitor’s browser will ask ${new URL(address).host}`).waitFor();
    await page.getByRole("textbox", { name: "Who made the map" }).fill("© The harbour office");
    assert.deepEqual(asked, [], "nobody is asked before it is saved");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await waitUntil(async () => (await api(`/api/gallery/${project.id}/settings`)).base_map?.credit, "© The harbour office");
    // A window that may ask that host, as this one is not to.
    const visitor = await browser.newContext();
    const shown = await visitor.newPage();
    await shown.goto(`${base}/api/gallery/${project.id}/template/map`);
    await shown.getByText("© The harbour office").waitFor();
    await waitUntil(() => Promise.resolve(asked.length > 3), true, "the tiles were asked for");
    assert.match(asked[0], /^\/\d+\/\d+\/\d+\.png$/);
    await visitor.close();
  } finally {
    await page.context().close();
    tiles.close();
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

    // On the canvas itself: by hand and with the arrow keys, and back again.
    const before = (await saved()).modules[0].place;
    const handle = page.locator(`[data-pin-handle="${first}"]`);
    await handle.waitFor();
    const from = await handle.boundingBox();
    await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(from.x + from.width / 2 + 60, from.y + from.height / 2 + 40, { steps: 5 });
    await page.mouse.up();
    await waitUntil(async () => { const { place } = (await saved()).modules[0]; return [place.lat < before.lat, place.lon > before.lon]; }, [true, true], "dragged south-east");
    const dragged = (await saved()).modules[0].place;
    await handle.focus();
    await page.keyboard.press("Shift+ArrowUp");
    await waitUntil(async () => (await saved()).modules[0].place.lat > dragged.lat, true, "moved north by a key");
    await assertAccessible(page, "a map with handles on its pins");
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await waitUntil(async () => (await saved()).modules[0].place, before, "both undone");
    check();
  } finally {
    await page.context().close();
    await removeProject(project);
  }
});
