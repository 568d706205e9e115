// Measures the studio in a real browser, as a person at it would feel it, on a page of 200 modules; prints the figures
// as JSON. Usage: ACCID_URL=http://127.0.0.1:… node web/bench/studio.mjs, on a running ACCID that has the demo project.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { api, base, launch } from "../e2e/lib/studio.mjs";
import { describeFrames, known, percentile, promised, say } from "./lib/figures.mjs";
import { demo, makeLongPage, moduleFrom } from "./lib/page.mjs";

const modules = 200;
const opens = 7;
const probe = readFileSync(new URL("./lib/probe.js", import.meta.url), "utf8");
const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });
/** Until nothing more is loaded or drawn: what is measured next is measured alone. */
const settle = async (page) => { await page.waitForLoadState("load"); await pause(1000); };
const round = (number, digits = 0) => number.toFixed(digits);

const browser = await launch();
const long = await makeLongPage(modules, "Two hundred modules");

async function openStudio(path = "") {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(probe);
  await page.goto(base + path);
  return { context, page };
}
const canvasOf = (page) => page.frameLocator("iframe[title^='Page:']");
const moduleOn = (page, id) => canvasOf(page).locator(`[data-accid-id='${id}']`);
const waitForSaved = (page) => page.locator("[data-save='saved']").waitFor({ timeout: 15_000 });

async function onLongPage(run) {
  const { context, page } = await openStudio(`/projects/${demo}/${long.slug}`);
  try {
    await page.evaluate((count) => window.probe.opened(count, "navigation"), modules);
    await settle(page);
    return await run(page);
  } finally {
    await context.close();
  }
}

/** JavaScript asked for until that moment, compressed, in KB of 1,000 bytes. */
async function scriptSize(page, until) {
  const urls = await page.evaluate((end) => performance.getEntriesByType("resource").filter((entry) => new URL(entry.name).pathname.endsWith(".js") && entry.startTime < end).map((entry) => entry.name), until);
  const bodies = await Promise.all([...new Set(urls)].map(async (url) => Buffer.from(await (await fetch(url)).arrayBuffer())));
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1000;
}

async function measureLoad() {
  const { context, page } = await openStudio("/");
  await page.getByRole("link", { name: /Yacht Adventures/ }).first().waitFor();
  const shown = await page.evaluate(() => window.probe.painted());
  await settle(page);
  const dashboard = await scriptSize(page, shown);
  const first = describeFrames({ gaps: [], tasks: await page.evaluate(() => window.probe.longTasks) });
  await context.close();
  const builder = await onLongPage((open) => scriptSize(open, Infinity));
  return [
    promised("JavaScript for the first load of the studio (dashboard), gzip", dashboard, 250, "KB"),
    promised("JavaScript for the builder with all of that, gzip", builder, 250, "KB"),
    known("longest task while the dashboard loads, its live previews with it", `${round(first.longest)} ms`),
  ];
}

async function measureOpening() {
  const { context, page } = await openStudio(`/projects/${demo}`);
  await canvasOf(page).locator("[data-accid-slot='page']").waitFor();
  await settle(page);
  const list = page.getByRole("navigation", { name: "Pages" });
  const inside = [];
  const tasks = [];
  for (let count = 0; count < opens; count += 1) {
    const opened = page.evaluate((all) => window.probe.opened(all, "click"), modules);
    await page.evaluate(() => window.probe.begin());
    await list.getByRole("link", { name: long.title, exact: true }).click();
    inside.push(await opened);
    tasks.push(...(await page.evaluate(() => window.probe.end())).tasks);
    await settle(page);
    await list.getByRole("link").first().click();
    await page.waitForFunction((all) => { const length = document.querySelectorAll("[data-outline-row]").length; return length > 0 && length !== all; }, modules);
    await settle(page);
  }
  await context.close();
  const cold = [];
  for (let count = 0; count < opens; count += 1) {
    const { context: fresh, page: next } = await openStudio(`/projects/${demo}/${long.slug}`);
    cold.push(await next.evaluate((all) => window.probe.opened(all, "navigation"), modules));
    await fresh.close();
  }
  return [
    promised(`page of ${modules} modules, from the click to painted and answering (median of ${opens})`, percentile(inside, 0.5), 300, "ms"),
    known("the same, slowest", `${round(Math.max(...inside))} ms`),
    known("the same, longest task", `${round(Math.max(0, ...tasks.map((task) => task.duration)))} ms`),
    known(`the same as the first thing a fresh browser opens (median of ${opens})`, `${round(percentile(cold, 0.5))} ms`),
  ];
}

const words = "the tide was with us and the wind came round to the west by noon so we go";

/** Types the words at the speed of somebody who types well, with a pause for thought here and there, in which it is saved. */
async function typeWords(page) {
  for (const [index, letter] of [...words].entries()) {
    await page.keyboard.press(letter === " " ? "Space" : letter);
    await pause(index % 20 === 19 ? 700 : 80);
  }
}

async function timeTyping(page, id) {
  await page.evaluate((module) => { window.typing = window.probe.watchTyping(module); window.probe.begin(); }, id);
  await typeWords(page);
  await page.waitForFunction((count) => window.typing.isDone(count), words.length);
  const frames = describeFrames(await page.evaluate(() => window.probe.end()));
  return { times: await page.evaluate(() => window.typing.read()), frames };
}

async function measureTyping() {
  const title = moduleFrom(long, "hero", 40);
  const field = await onLongPage(async (page) => {
    await page.locator(`[data-outline-row='${title.id}']`).click();
    await page.locator("[data-inspector='hero']").getByLabel("Title", { exact: true }).click();
    await page.keyboard.press("End");
    return timeTyping(page, title.id);
  });
  const inPlace = async (mark) => onLongPage(async (page) => {
    // The one in the middle of the page.
    const all = canvasOf(page).locator(mark);
    const target = all.nth(Math.floor(await all.count() / 2));
    const id = await target.evaluate((element) => element.closest("[data-accid-id]").dataset.accidId);
    await page.locator(`[data-outline-row='${id}']`).click();
    await target.dblclick();
    await canvasOf(page).locator("[contenteditable]").first().waitFor();
    await page.keyboard.press("ControlOrMeta+End");
    const typed = await timeTyping(page, id);
    await page.evaluate(() => window.probe.begin());
    await page.keyboard.press("Escape");
    await waitForSaved(page);
    await settle(page);
    return { ...typed, after: describeFrames(await page.evaluate(() => window.probe.end())) };
  });
  const plain = await inPlace("h1[data-accid-prop]");
  const rich = await inPlace("[data-accid-rich]");
  return [
    promised(`key in the inspector to canvas, p95 of ${words.length}`, percentile(field.times, 0.95), 50, "ms"),
    known("the same, median / slowest", `${round(percentile(field.times, 0.5))} / ${round(Math.max(...field.times))} ms`),
    promised("longest task meanwhile (0 when none is above 50)", field.frames.longest, 50, "ms"),
    promised(`key in a heading of the canvas to its paint, p95 of ${words.length}`, percentile(plain.times, 0.95), 50, "ms"),
    promised(`key in a rich text of the canvas to its paint, p95 of ${words.length}`, percentile(rich.times, 0.95), 50, "ms"),
    promised("longest task while typing on the canvas and when it ends", Math.max(plain.frames.longest, plain.after.longest, rich.frames.longest, rich.after.longest), 50, "ms"),
  ];
}

/** Moves the pointer along a path, sixty times a second. */
async function movePointer(page, points) {
  let next = performance.now();
  for (const [x, y] of points) {
    await page.mouse.move(x, y);
    next += 1000 / 60;
    await pause(Math.max(0, next - performance.now()));
  }
}

async function measureDragging() {
  const { drag, drop } = await onLongPage(async (page) => {
    const module = moduleFrom(long, "text", 20);
    await page.locator(`[data-outline-row='${module.id}']`).click();
    const box = await moduleOn(page, module.id).boundingBox();
    const [x, y] = [box.x + 20, Math.min(Math.max(box.y + 20, 140), 800)];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.evaluate(() => window.probe.begin());
    // Up and down over what is seen, then at the lower edge, where the canvas scrolls by itself, and back.
    const over = Array.from({ length: 180 }, (_, step) => [x + 100 + 200 * Math.sin(step / 23), 480 + 280 * Math.sin(step / 11)]);
    const edge = Array.from({ length: 120 }, (_, step) => [x + 100 + step, 880 - (step % 3)]);
    await movePointer(page, [...over, ...edge, ...over.slice(0, 60)]);
    const during = describeFrames(await page.evaluate(() => window.probe.end()));
    await page.evaluate(() => window.probe.begin());
    await page.mouse.up();
    await waitForSaved(page);
    await settle(page);
    return { drag: during, drop: describeFrames(await page.evaluate(() => window.probe.end())) };
  });
  return [
    promised("longest task while a module is dragged over the page (0 when none is above 50)", drag.longest, 50, "ms"),
    known("frames left out while dragging", `${drag.dropped} of ${drag.frames} (${round(drag.share, 1)} %), longest stop ${round(drag.slowest)} ms`),
    known("longest task when it is dropped", `${round(drop.longest)} ms`),
  ];
}

async function measureMoving() {
  const times = [];
  const frames = await onLongPage(async (page) => {
    const { id } = long.modules[30];
    await page.locator(`[data-outline-row='${id}']`).click();
    await page.locator("[data-stage]").focus();
    await page.evaluate(() => window.probe.begin());
    for (let step = 0; step < 6; step += 1) {
      const moved = page.evaluate((module) => window.probe.watchMove(module), id);
      await page.evaluate(() => window.probe.painted());
      await page.keyboard.press("Alt+ArrowDown");
      times.push(await moved);
      await pause(700);
    }
    return describeFrames(await page.evaluate(() => window.probe.end()));
  });
  return [known("module moved with the keyboard, to canvas (median of 6), longest task", `${round(percentile(times, 0.5))} ms, ${round(frames.longest)} ms`)];
}

async function measureScrolling() {
  const frames = await onLongPage(async (page) => {
    await page.locator(`[data-outline-row='${long.modules[10].id}']`).click();
    await page.mouse.move(720, 480);
    await page.evaluate(() => window.probe.begin());
    for (let step = 0; step < 180; step += 1) {
      await page.mouse.wheel(0, step < 120 ? 60 : -60);
      await pause(1000 / 60);
    }
    return describeFrames(await page.evaluate(() => window.probe.end()));
  });
  return [
    promised("longest task while the canvas scrolls, a module chosen (0 when none is above 50)", frames.longest, 50, "ms"),
    known("frames left out while scrolling", `${frames.dropped} of ${frames.frames} (${round(frames.share, 1)} %), longest stop ${round(frames.slowest)} ms`),
  ];
}

const measures = { load: measureLoad, opening: measureOpening, typing: measureTyping, dragging: measureDragging, moving: measureMoving, scrolling: measureScrolling };
/** Nothing here takes minutes: what does, hangs. */
const within = (name, work) => Promise.race([work, pause(180_000).then(() => { throw new Error(`The measuring of ${name} does not end.`); })]);
const wanted = process.argv.slice(2);
try {
  const figures = [];
  for (const [name, measure] of Object.entries(measures)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    say(name);
    const found = await within(name, measure());
    for (const { what, measured, unit, text } of found) say(`  ${what}: ${text ?? `${round(measured, 2)} ${unit}`}`);
    figures.push(...found);
  }
  process.stdout.write(`${JSON.stringify(figures, null, 1)}\n`);
} finally {
  await browser.close();
  await api(`/api/projects/${demo}/pages/${long.id}`, { method: "DELETE" }).catch(() => undefined);
}
process.exit();
