// What all browser tests need: a Chromium that watches for errors and foreign requests, and words for what a person does.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

export const base = (process.env.ACCID_URL ?? "").replace(/\/$/, "");
assert.ok(base, "Set ACCID_URL to the address of a running ACCID that has the demo project.");

const program = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => path && existsSync(path));
assert.ok(program, "Chromium is not installed. Install it, or name it in CHROMIUM.");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-features=OptimizationHints"];
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const launch = () => chromium.launch({ executablePath: program, args: flags });

/** Opens a window that remembers what went wrong in it; `check` fails the test when something did. */
export async function openWindow(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const troubles = [];
  // The scripts of a site itself do not run on the canvas and in the history: their policy says so, and the browser tells.
  const allowed = [/\/(canvas|history)\/.*Content Security Policy directive: "script-src /];
  const host = new URL(base).host;
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    troubles.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => troubles.push(`uncaught: ${error.stack ?? error.message}`));
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && url.host !== host) troubles.push(`asked another host: ${request.url()}`);
  });
  const check = () => assert.deepEqual(troubles.filter((text) => !allowed.some((pattern) => pattern.test(text))), []);
  return { context, page, troubles, check, expectTrouble: (pattern) => allowed.push(pattern) };
}

/** The document of the canvas. */
export async function canvasOf(page) {
  const frame = page.frameLocator("iframe[title^='Page:']");
  await page.locator("[data-stage][data-ready]").waitFor();
  await frame.locator("[data-accid-slot='page']").waitFor();
  return frame;
}

export async function openPage(page, project, slug = "index", at = base) {
  await page.goto(`${at}/projects/${project}/${slug}`);
  return canvasOf(page);
}

export const waitForSaved = (page) => page.locator("[data-save='saved']").waitFor({ timeout: 15_000 });
export const waitForUnsaved = (page) => page.locator("[data-save]:not([data-save='saved'])").waitFor({ timeout: 5_000 });

/** Clicks near the beginning of something on the canvas, which may be shown smaller than it is. */
export async function clickOn(page, target, options = {}) {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  await page.mouse.click(box.x + Math.min(8, box.width / 2), box.y + Math.min(8, box.height / 2), options);
}

export const middle = (box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
export const boxOf = async (target) => { await target.scrollIntoViewIfNeeded(); return target.boundingBox(); };

/** Types into a text of the canvas in place of what was there. */
export async function rewrite(page, target, text) {
  await clickOn(page, target, { clickCount: 2 });
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

export async function api(path, { method = "GET", body, headers = {}, at = base } = {}) {
  const response = await fetch(at + path, { method, headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const answer = await response.json();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer.data ?? answer;
}

/** A picture of 48 × 32 pixels, drawn in a page. */
export async function drawPicture(page, name = "sunset.png") {
  const data = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 48;
    canvas.height = 32;
    const brush = canvas.getContext("2d");
    brush.fillStyle = "#f5a524";
    brush.fillRect(0, 0, 48, 20);
    brush.fillStyle = "#0b4a6f";
    brush.fillRect(0, 20, 48, 12);
    return canvas.toDataURL("image/png").split(",")[1];
  });
  return { name, mimeType: "image/png", buffer: Buffer.from(data, "base64") };
}

/** Waits until something that is read again and again is as wanted, and fails with what it is instead. */
export async function waitUntil(read, wanted, what = "") {
  let now = await read();
  for (let round = 0; round < 200 && JSON.stringify(now) !== JSON.stringify(wanted); round += 1) {
    await new Promise((done) => setTimeout(done, 50));
    now = await read();
  }
  assert.deepEqual(now, wanted, what);
}

/** A project of its own with some modules, so that tests do not disturb each other. */
export async function makeProject(name, types = ["hero", "text", "text"], at = base, type = "html") {
  const project = await api("/api/projects", { method: "POST", body: { name, type, template: "blank" }, at });
  const pages = (await api(`/api/projects/${project.id}/pages`, { at })).items;
  const page = pages.find((one) => one.slug === "index") ?? await api(`/api/projects/${project.id}/pages`, { method: "POST", body: { title: "Home", slug: "index" }, at });
  await api(`/api/projects/${project.id}/pages/${page.id}`, { method: "PUT", body: { modules: [] }, at });
  const modules = [];
  for (const kind of types) modules.push(await api(`/api/projects/${project.id}/modules`, { method: "POST", body: { page: page.id, type: kind }, at }));
  return { ...project, page, modules };
}
export const removeProject = (project) => api(`/api/projects/${project.id}`, { method: "DELETE" });

/** No violation of WCAG 2.2 AA or of axe's best practices, or of some rules only. Frames are judged by their own
 * tests; while a dialog is open, it alone can be reached and is judged. */
export async function assertAccessible(page, what, { only = null, without = [] } = {}) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  const result = await page.evaluate(async ([some, off]) => {
    const rules = Object.fromEntries(off.map((rule) => [rule, { enabled: false }]));
    const found = await window.axe.run([...document.querySelectorAll("dialog:modal")].at(-1) ?? document, { iframes: false, rules, runOnly: some ?? ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return found.violations.map((violation) => `${violation.id}: ${violation.help}\n    ${violation.nodes.slice(0, 4).map((node) => `${node.target.join(" ")} — ${node.any[0]?.message ?? node.all[0]?.message ?? ""}`).join("\n    ")}`);
  }, [only, without]);
  assert.deepEqual(result, [], `axe on ${what}:\n${result.join("\n")}`);
}
