// What the scripts of a published page do for a visitor: forms that lose nothing, films that can be stopped, pictures
// shown large, code that is copied. The site is exported and served by a host of its own.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { program } from "./lib/program.mjs";
import { api, base, drawPicture, launch, makeProject, removeProject, waitUntil } from "./lib/studio.mjs";

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".webm": "video/webm", ".webp": "image/webp", ".avif": "image/avif", ".png": "image/png", ".jpg": "image/jpeg", ".woff2": "font/woff2", ".svg": "image/svg+xml" };

let browser, folder, host, project;
/** What the host was sent, and how it answers the next form: a status with an answer, or null to break the line. */
const sent = [];
let answers = [];

const handle = async (request, response) => {
  const where = new URL(request.url, "http://host").pathname.slice(1) || "index.html";
  if (request.method === "POST") {
    let body = "";
    for await (const part of request) body += part;
    sent.push({ where, body: Object.fromEntries(new URLSearchParams(body)) });
    const answer = answers.shift();
    if (!answer) return request.socket.destroy();
    return response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify({ message: answer.message }));
  }
  const bytes = await readFile(path.join(folder, where)).catch(() => null);
  if (!bytes) return response.writeHead(404).end();
  return response.writeHead(200, { "content-type": TYPES[path.extname(where)] ?? "application/octet-stream", "content-length": bytes.length }).end(bytes);
};

/** A second of film: a square that changes its colour, as a browser records it. */
const recordFilm = (page) => page.evaluate(async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
  const brush = canvas.getContext("2d");
  const parts = [];
  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: "video/webm" });
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const done = new Promise((resolve) => { recorder.onstop = resolve; });
  recorder.start();
  for (let frame = 0; frame < 20; frame += 1) {
    brush.fillStyle = `hsl(${frame * 18} 80% 50%)`;
    brush.fillRect(0, 0, 64, 48);
    await new Promise((next) => setTimeout(next, 50));
  }
  recorder.stop();
  await done;
  return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
});

before(async () => {
  browser = await launch();
  project = await makeProject(`Visited ${Date.now()}`, ["hero", "gallery", "code-screenshot", "form"]);
  const page = await browser.newPage();
  await page.goto(base);
  const photos = [];
  for (const name of ["dawn.png", "dusk.png"]) {
    const drawn = await drawPicture(page, name);
    const form = new FormData();
    // The same pixels twice would be one photo.
    form.append("files", new Blob([drawn.buffer, name]), name);
    const { data: { items: [photo] } } = await (await fetch(`${base}/api/gallery/${project.id}/photos/upload`, { method: "POST", body: form })).json();
    photos.push({ photo: photo.id, alt: `The sky at ${name.replace(".png", "")}` });
  }
  const film = Buffer.from(await recordFilm(page));
  await page.close();
  const answer = await fetch(`${base}/api/projects/${project.id}/videos?name=surf.webm`, { method: "POST", headers: { "content-type": "video/webm" }, body: film });
  const told = await answer.json();
  assert.ok(answer.ok, JSON.stringify(told));
  const put = (index, props) => api(`/api/projects/${project.id}/modules/${project.modules[index].id}`, { method: "PUT", body: { props: { ...project.modules[index].props, ...props } } });
  await put(0, { title: "Surf", layout: "cover", image: photos[0], video: told.data.id });
  await put(1, { photos, lightbox: true });
  await put(2, { code: "let wind = 12;", copy: true });
  await put(3, { service: "php", target: "ana@example.org", thanks: "It has arrived.", fields: [
    { name: "words", label: "Your words", kind: "textarea", required: true },
    { name: "days", label: "Days", kind: "checkbox", required: true, options: ["Monday", "Friday"] },
  ] });
  folder = await mkdtemp(path.join(tmpdir(), "accid-visited-"));
  await promisify(execFile)(program, ["--data", process.env.ACCID_DATA_FOLDER, "export", project.slug, "--out", folder]);
  host = createServer(handle);
  await new Promise((resolve) => host.listen(0, "127.0.0.1", resolve));
});
after(async () => {
  await browser?.close();
  host?.close();
  host?.closeAllConnections();
  if (folder) await rm(folder, { recursive: true, force: true });
  if (project) await removeProject(project);
});

const visit = async (options = {}) => {
  const context = await browser.newContext({ reducedMotion: "no-preference", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  await page.goto(`http://127.0.0.1:${host.address().port}/`);
  return { context, page, troubles };
};

test("a film plays until it is stopped, and waits for who wants no movement", async () => {
  const { context, page, troubles } = await visit();
  const paused = (at) => at.locator("video.film").evaluate((film) => film.paused);
  const moves = (at) => at.locator("video.film").evaluate((film) => film.currentTime > 0 || film.played.length > 0);
  await page.locator("video.film.is-playing").waitFor({ state: "attached" });
  await waitUntil(() => moves(page), true);
  const button = page.locator("video.film + button");
  const pause = await button.textContent();
  await button.press("Enter");
  await waitUntil(() => paused(page), true);
  await waitUntil(async () => (await button.textContent()) !== pause, true, "the button says what it does now");
  await button.press("Enter");
  await waitUntil(() => paused(page), false);
  assert.deepEqual(troubles, []);
  await context.close();
  const still = await visit({ reducedMotion: "reduce" });
  await still.page.locator("video.film + button").waitFor();
  assert.equal(await paused(still.page), true);
  assert.equal(await moves(still.page), false);
  await still.page.locator("video.film + button").click();
  await waitUntil(() => paused(still.page), false);
  await still.context.close();
});

test("a form asks for a tick, keeps what was written when it fails, and thanks when it is there", async () => {
  const { context, page, troubles } = await visit();
  const words = page.getByLabel("Your words");
  const state = page.locator(".form-state");
  const send = page.locator("form button[type='submit'], form button:not([type])").last();
  await words.fill("Is Friday free?");
  await send.click();
  assert.notEqual(await page.getByLabel("Monday").evaluate((box) => box.validationMessage), "", "one of the boxes is needed");
  assert.equal(sent.length, 0);
  await page.getByLabel("Friday").check();
  assert.equal(await page.getByLabel("Monday").evaluate((box) => box.validationMessage), "");
  for (const [answer, told] of [[null, /not/i], [{ status: 500, message: "The host is full." }, /The host is full\./]]) {
    answers = [answer];
    await send.click();
    await waitUntil(async () => told.test(await state.textContent()), true, `it says so: ${await state.textContent()}`);
    assert.equal(await words.inputValue(), "Is Friday free?", "nothing written is lost");
    assert.equal(await page.getByLabel("Friday").isChecked(), true);
  }
  answers = [{ status: 200 }];
  await send.click();
  await waitUntil(() => state.textContent(), "It has arrived.");
  assert.equal(await words.inputValue(), "");
  await waitUntil(() => page.getByLabel("Monday").evaluate((box) => box.validationMessage !== ""), true, "the empty form asks for a tick again");
  // Over a line that breaks, a browser tries more than once.
  assert.ok(sent.length >= 3);
  for (const { where, body } of sent) {
    assert.equal(where, "form.php");
    assert.equal(body.words, "Is Friday free?");
    assert.ok(Object.values(body).includes("Friday") && !Object.values(body).includes("Monday"));
  }
  assert.deepEqual(troubles, []);
  await context.close();
});

test("a picture is shown large by keyboard, and code is copied", async () => {
  const { context, page, troubles } = await visit({ permissions: ["clipboard-read", "clipboard-write"] });
  const first = page.locator("[data-lightbox] a.frame").first();
  await first.press("Enter");
  const dialog = page.locator("dialog.lightbox[open]");
  await dialog.getByRole("img", { name: "The sky at dawn" }).waitFor();
  await page.keyboard.press("ArrowRight");
  await dialog.getByRole("img", { name: "The sky at dusk" }).waitFor();
  await dialog.getByText("2 / 2").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement.querySelector("img")?.alt), "The sky at dusk", "the focus is where one looked last");
  await page.locator("button.copy").click();
  await waitUntil(() => page.evaluate(() => navigator.clipboard.readText()), "let wind = 12;");
  assert.deepEqual(troubles, []);
  await context.close();
});
