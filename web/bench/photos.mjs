// Measures ten thousand photos in a real browser, as a person at them would feel it; prints the figures as JSON. Usage:
// ACCID_URL=http://127.0.0.1:… ACCID_PHOTOS=10000 node web/bench/photos.mjs, on a running ACCID with the gallery "ten-thousand".
import { readFileSync } from "node:fs";
import { api, base, launch } from "../e2e/lib/studio.mjs";
import { describeFrames, known, percentile, promised, say } from "./lib/figures.mjs";

const wanted = Number(process.env.ACCID_PHOTOS ?? 10_000);
const project = "ten-thousand";
const probe = readFileSync(new URL("./lib/probe.js", import.meta.url), "utf8");
const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

// All documents are read before anything is measured.
for (let round = 0; (await api(`/api/gallery/${project}/index`)).rows.length < wanted; round += 1) {
  if (round > 300) throw new Error(`The gallery does not have ${wanted} photos.`);
  await pause(1000);
}
const browser = await launch();

async function open() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(probe);
  await page.goto(`${base}/projects/${project}`);
  const shown = await page.evaluate(() => new Promise((resolve) => {
    const look = () => { if (document.querySelectorAll("[data-photo]").length > 20) void window.probe.painted().then(resolve); else requestAnimationFrame(look); };
    look();
  }));
  return { context, page, shown };
}

async function firstView() {
  const times = [];
  for (let round = 0; round < 3; round += 1) {
    const { context, shown } = await open();
    times.push(shown);
    await context.close();
  }
  return [promised("first view of 10,000 photos, from the address on", percentile(times, 0.5), 1000, "ms")];
}

async function scrolling() {
  const { context, page } = await open();
  await page.waitForLoadState("networkidle");
  const box = await page.locator("[data-grid]").boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const run = async (step) => {
    await page.evaluate(() => window.probe.begin());
    for (let turn = 0; turn < 80; turn += 1) { await page.mouse.wheel(0, step); await pause(25); }
    return describeFrames(await page.evaluate(() => window.probe.end()));
  };
  const slow = await run(240);
  await pause(1000);
  const fast = await run(3000);
  await context.close();
  return [
    promised("longest task while one scrolls through them", slow.longest, 50, "ms"),
    promised("longest task while one races through them", fast.longest, 50, "ms"),
    known("frames left out while racing", `${fast.dropped} of ${fast.frames}`),
  ];
}

async function map() {
  const { context, page } = await open();
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => window.probe.begin());
  await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: "Map" }).click();
  await page.locator("[data-sign]").first().waitFor();
  const { longest } = describeFrames(await page.evaluate(() => window.probe.end()));
  await context.close();
  return [known("longest task while their map opens", `${Math.round(longest)} ms`)];
}

const figures = [];
try {
  for (const [name, measure] of [["the first view", firstView], ["scrolling", scrolling], ["the map", map]]) {
    say(name);
    figures.push(...await measure());
  }
} finally {
  await browser.close();
}
process.stdout.write(`${JSON.stringify(figures)}\n`);
