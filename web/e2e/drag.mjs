// Dragging: drop lines that keep their word, and fingers.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, boxOf, launch, makeProject, middle, openPage, openWindow, removeProject, waitForSaved, waitUntil } from "./lib/studio.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

/** A page of sections and rows in each other, with ids that say what they are. */
async function nestedProject(name) {
  const project = await makeProject(name, ["text"]);
  const text = project.modules[0];
  let count = 0;
  const make = (type, props, children) => ({ id: `0190a0b0-0000-7000-8000-${String(++count).padStart(12, "0")}`, type, version: 1, props, ...(children ? { children } : {}) });
  const words = () => make("text", text.props);
  const types = await api("/api/module-types");
  const example = (type) => (types.items ?? types).find((one) => one.type === type).example;
  const modules = [
    make("hero", example("hero")),
    make("section", example("section"), [words(), make("row", example("row"), [words(), make("button", example("button")), words()]), make("button", example("button"))]),
    words(),
    make("row", example("row"), [words(), make("section", example("section"), [words(), words()])]),
    make("section", example("section"), []),
  ];
  await api(`/api/projects/${project.id}/pages/index`, { method: "PUT", body: { modules } });
  return project;
}

/** The line, and every module with its box, its slot and its neighbours, all in the canvas's own pixels. */
const survey = (page) => page.evaluate(() => {
  const frame = document.querySelector("iframe[title^='Page:']");
  const outer = frame.getBoundingClientRect();
  const scale = outer.width / frame.offsetWidth;
  const line = document.querySelector("[data-drop-line]")?.getBoundingClientRect();
  const plain = ({ left, top, right, bottom }) => ({ left, top, right, bottom });
  const inside = frame.contentDocument;
  const slots = Object.fromEntries([...inside.querySelectorAll("[data-accid-slot]")].map((one) => [one.dataset.accidSlot, plain(one.getBoundingClientRect())]));
  const all = [...inside.querySelectorAll("[data-accid-id]")].map((one) => ({ id: one.dataset.accidId, slot: one.parentElement.closest("[data-accid-slot]").dataset.accidSlot, ...plain(one.getBoundingClientRect()) }));
  const inCanvas = line && plain({ left: (line.left - outer.left) / scale, right: (line.right - outer.left) / scale, top: (line.top - outer.top) / scale, bottom: (line.bottom - outer.top) / scale });
  return { line: inCanvas ?? null, slots, all };
});

/** Says what is wrong when a module has not landed where the line was. */
function landedWrong({ line, slots, all }, placed, id) {
  const siblings = placed.all.filter((one) => one.slot === placed.all.find((other) => other.id === id).slot);
  const at = siblings.findIndex((one) => one.id === id);
  const { slot } = siblings[at];
  const was = (one) => all.find((other) => other.id === one?.id);
  const [previous, next] = [was(siblings[at - 1]), was(siblings[at + 1])];
  const box = slots[slot];
  const slack = 4;
  if (line.left < box.left - slack || line.right > box.right + slack || line.top < box.top - slack - 40 || line.bottom > box.bottom + slack + 40) return `the line is not in the slot ${slot}`;
  if (!previous && !next) return null;
  const isUpright = line.bottom - line.top > line.right - line.left;
  if (isUpright) {
    if (next && line.left > next.left + slack) return "the line is not before the next one";
    if (previous && !next && line.left < previous.right - slack) return "the line is not behind the one before";
    return previous && next && previous.top < next.top + slack && next.left >= previous.right && line.left < previous.right - slack ? "the line is not between its neighbours" : null;
  }
  if (previous && line.top < previous.bottom - slack) return "the line is above the end of the one before";
  return next && line.bottom > next.top + slack ? "the line is below the beginning of the next one" : null;
}

test("wherever something is dropped on a nested page, it lands where the line is", { timeout: 120_000 }, async () => {
  const project = await nestedProject("Drop lines");
  const { page, context, check } = await openWindow(browser, { viewport: { width: 1440, height: 1500 } });
  page.setDefaultTimeout(10_000);
  try {
    await openPage(page, project.slug);
    await page.getByRole("tab", { name: "Add" }).click();
    const canvasBox = await page.locator("iframe[title^='Page:']").boundingBox();
    const first = await survey(page);
    const leaves = first.all.filter((one) => !first.all.some((other) => other.slot === one.id));
    const scale = canvasBox.width / (await page.locator("iframe[title^='Page:']").evaluate((frame) => frame.offsetWidth));
    const length = Math.min(canvasBox.height, Math.max(...first.all.map((one) => one.bottom)) * scale);
    // Always the same numbers, so that what fails once fails again.
    let seed = 7;
    const random = () => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed / 2147483648; };
    const lands = new Set();
    for (let round = 0; round < 36; round += 1) {
      const start = await survey(page);
      const to = { x: canvasBox.x + 12 + random() * (canvasBox.width - 24), y: canvasBox.y + 70 + random() * (length - 140) };
      const moved = round % 3 === 0 ? null : leaves[Math.floor(random() * leaves.length)].id;
      const source = moved ? start.all.find((one) => one.id === moved) : null;
      const from = source ? { x: canvasBox.x + (source.left + 8) * scale, y: canvasBox.y + Math.min(source.top + 8, source.bottom - 2) * scale } : middle(await page.locator("[data-kind='button']").boundingBox());
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(from.x + 5, from.y + 7, { steps: 2 });
      await page.mouse.move(to.x, to.y, { steps: 3 });
      // Drawn with the next frame.
      await page.evaluate(() => new Promise((done) => { window.requestAnimationFrame(() => window.requestAnimationFrame(done)); }));
      const seen = await survey(page);
      const spoken = await page.locator("[data-spoken]").textContent();
      await page.mouse.up();
      const what = `round ${round}: ${moved ?? "a new one"} to ${Math.round(to.x)}, ${Math.round(to.y)}`;
      if (!seen.line) {
        assert.deepEqual((await survey(page)).all.map((one) => one.id), start.all.map((one) => one.id), `${what}: without a line nothing lands`);
        continue;
      }
      const known = new Set(start.all.map((one) => one.id));
      const undo = page.getByRole("button", { name: "Undo", exact: true });
      const order = async () => (await survey(page)).all.map((one) => `${one.slot}/${one.id}`).join();
      const before = start.all.map((one) => `${one.slot}/${one.id}`).join();
      let id = moved;
      if (!moved) {
        await waitUntil(async () => (await survey(page)).all.length, start.all.length + 1, what);
        id = (await survey(page)).all.find((one) => !known.has(one.id)).id;
      } else {
        await page.waitForFunction((before) => document.querySelector("[data-spoken]").textContent !== before, spoken);
      }
      const stays = moved && (await page.locator("[data-spoken]").textContent()).includes("stays");
      if (moved && !stays) await waitUntil(async () => (await order()) !== before, true, what);
      const placed = await survey(page);
      assert.equal(landedWrong(seen, placed, id), null, `${what}: ${JSON.stringify({ line: seen.line })}`);
      lands.add(`${placed.all.find((one) => one.id === id).slot}`);
      if (!stays) {
        await undo.click();
        await waitUntil(order, before, `${what}, undone`);
      }
    }
    // Held still at the edge the page goes on scrolling, and under a wheel, too; the line goes with what is below it.
    await page.setViewportSize({ width: 1440, height: 700 });
    const scrolled = () => page.evaluate(() => document.querySelector("iframe[title^='Page:']").contentWindow.scrollY);
    await page.waitForFunction(() => { const { contentDocument: inner, contentWindow: view } = document.querySelector("iframe[title^='Page:']"); return inner.documentElement.scrollHeight > view.innerHeight + 200; });
    const from = middle(await boxOf(page.locator("[data-kind='button']")));
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(canvasBox.x + 400, canvasBox.y + 300, { steps: 4 });
    await page.locator("[data-drop-line]").waitFor();
    const before = await scrolled();
    await page.mouse.wheel(0, 120);
    await waitUntil(async () => (await scrolled()) > before, true, "the wheel scrolls while something is held");
    await page.mouse.move(canvasBox.x + 400, 690, { steps: 4 });
    const end = await page.evaluate(() => { const { contentDocument: inner, contentWindow: view } = document.querySelector("iframe[title^='Page:']"); return inner.documentElement.scrollHeight - view.innerHeight; });
    await waitUntil(async () => (await scrolled()) >= end - 2, true, "the page scrolls to its end");
    await page.evaluate(() => new Promise((done) => { window.requestAnimationFrame(() => window.requestAnimationFrame(done)); }));
    const known = new Set(first.all.map((one) => one.id));
    const seen = await survey(page);
    await page.mouse.up();
    await waitUntil(async () => (await survey(page)).all.length, first.all.length + 1);
    const placed = await survey(page);
    assert.equal(landedWrong(seen, placed, placed.all.find((one) => !known.has(one.id)).id), null, "at the edge");

    assert.ok(lands.size >= 4, `the points reach several levels: ${[...lands].join(" ")}`);
    await waitForSaved(page);
    check();
  } finally {
    await context.close();
    await removeProject(project);
  }
});

/** A finger on the glass. */
async function finger(page) {
  const glass = await page.context().newCDPSession(page);
  const touch = (type, points) => glass.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  const glide = async (from, to, steps = 8) => {
    for (let step = 1; step <= steps; step += 1) await touch("touchMove", [{ x: from.x + ((to.x - from.x) * step) / steps, y: from.y + ((to.y - from.y) * step) / steps }]);
  };
  return {
    swipe: async (from, to) => { await touch("touchStart", [from]); await glide(from, to); await touch("touchEnd", []); },
    /** Rests until it has lifted, carries, and lets go when it is shown where it would land. */
    carry: async (from, to, shown) => {
      await touch("touchStart", [from]);
      await page.locator("[data-ghost] > span").waitFor();
      await glide(from, to);
      await page.locator(shown).first().waitFor();
      await touch("touchEnd", []);
      await page.locator("[data-ghost]").waitFor({ state: "detached" });
    },
  };
}

test("a finger lifts by resting and scrolls by moving: on the canvas, in the outline and from the palette", { timeout: 60_000 }, async () => {
  const project = await makeProject("Fingers", ["hero", "text", "text", "hero", "hero"]);
  const { page, context, check } = await openWindow(browser, { viewport: { width: 1280, height: 800 }, hasTouch: true });
  page.setDefaultTimeout(10_000);
  const ids = project.modules.map((one) => one.id);
  const stored = async () => (await api(`/api/projects/${project.id}/pages/index`)).modules.map((one) => one.id);
  try {
    const canvas = await openPage(page, project.slug);
    const { carry, swipe } = await finger(page);
    const box = (id) => canvas.locator(`[data-accid-id='${id}']`).boundingBox();
    const scrolled = () => canvas.locator("html").evaluate((html) => html.ownerDocument.defaultView.scrollY);
    const stage = await page.locator("[data-stage]").boundingBox();

    await swipe({ x: stage.x + 300, y: stage.y + 500 }, { x: stage.x + 300, y: stage.y + 200 });
    await waitUntil(async () => (await scrolled()) > 50, true, "the page scrolls under the finger");
    assert.deepEqual(await stored(), ids);
    await canvas.locator("html").evaluate((html) => html.ownerDocument.defaultView.scrollTo(0, 0));

    // The first text before the opening.
    await carry(middle(await box(ids[1])), { ...middle(await box(ids[0])), y: (await box(ids[0])).y + 8 }, "[data-drop-line]");
    await waitUntil(stored, [ids[1], ids[0], ...ids.slice(2)]);

    // In the outline, back to where it was.
    const row = async (id) => page.locator(`[data-outline-row='${id}']`).boundingBox();
    const below = await row(ids[0]);
    await carry(middle(await row(ids[1])), { ...middle(below), y: below.y + below.height - 3 }, "[data-outline-row][data-drop='after']");
    await waitUntil(stored, ids);

    // A tap chooses, a second one goes into the text.
    const heading = middle(await canvas.locator("h1").first().boundingBox());
    await page.touchscreen.tap(heading.x, heading.y);
    await page.locator("[data-inspector='hero']").waitFor();
    await page.touchscreen.tap(heading.x, heading.y);
    await canvas.locator("[contenteditable]").waitFor();
    await page.keyboard.press("Escape");

    // On a tablet the palette is a drawer; it makes room for what is carried out of it.
    await page.setViewportSize({ width: 820, height: 1000 });
    await page.getByRole("button", { name: "Pages and modules" }).tap();
    await page.getByRole("dialog").getByRole("tab", { name: "Add" }).tap();
    const target = await box(ids[1]);
    await carry(middle(await page.locator("[data-kind='button']").boundingBox()), { x: target.x + target.width / 2, y: target.y + 4 }, "[data-drop-line]");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await waitUntil(async () => (await stored()).length, 6);
    const now = await stored();
    assert.deepEqual([now[0], ...now.slice(2)], ids);
    await waitForSaved(page);
    check();
  } finally {
    await context.close();
    await removeProject(project);
  }
});
