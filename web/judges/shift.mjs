// The judge of stillness: nothing moves while fonts and pictures come late and the whole page is scrolled.

/** How much may move, as browsers count it; the sum of all, not only of the worst five seconds. */
export const STILL = 0.01;

/** What the fonts of a page may weigh that uses each of its theme's, in bytes. */
export const FONT_LIMIT = 66 * 1024;

const LATE = /\.(woff2|avif|webp|jpe?g|png)$/;

/** Scrolls through a page whose fonts and pictures are held back. Gives what moved, by how much, and the fonts' bytes. */
export async function walkThrough(browser, address, size, scheme = "light") {
  const context = await browser.newContext({ viewport: size, colorScheme: scheme });
  const page = await context.newPage();
  const held = [];
  let fonts = 0;
  await page.addInitScript(watch);
  await page.route(LATE, async (route) => {
    await new Promise((go) => held.push(go));
    const response = await route.fetch();
    const { length } = await response.body();
    if (route.request().url().endsWith(".woff2")) fonts += length;
    await route.fulfill({ response });
  });
  const release = async () => {
    for (let rounds = 0; rounds < 2000; rounds += 1) {
      held.splice(0).forEach((go) => go());
      await page.evaluate(frames);
      if (held.length === 0 && (await page.evaluate(isThere))) return;
    }
    throw new Error(`${address}: fonts or pictures do not come`);
  };
  await page.goto(address, { waitUntil: "domcontentloaded" });
  await page.evaluate(frames);
  await release();
  for (let end = false; !end; ) {
    // What this step asks for comes only after it was painted without it.
    end = await page.evaluate(step);
    await page.evaluate(frames);
    await release();
  }
  const moved = await page.evaluate(() => window.moved);
  await context.close();
  return { shift: moved.reduce((sum, { value }) => sum + value, 0), moved, fonts };
}

// Runs in the page before all else.
function watch() {
  window.moved = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const names = entry.sources.map(({ node }) => (node ? `${node.nodeName}.${node.className ?? ""}` : "gone"));
      window.moved.push({ value: entry.value, names: [...new Set(names)].slice(0, 4) });
    }
  }).observe({ type: "layout-shift", buffered: true });
}

// Runs in the page: two frames have been painted.
const frames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

// Runs in the page: half a window further down; whether that is the end.
function step() {
  const root = document.documentElement;
  window.scrollBy({ top: window.innerHeight / 2, behavior: "instant" });
  return Math.ceil(window.scrollY + window.innerHeight) >= root.scrollHeight;
}

// Runs in the page: the fonts that are used and the pictures in sight have come. What a row that scrolls hides is not in
// sight, and browsers do not ask for it.
async function isThere() {
  if (document.fonts.status !== "loaded") return false;
  const waiting = [...document.images].filter((image) => !image.complete);
  if (waiting.length === 0) return true;
  const entries = await new Promise((done) => {
    const observer = new IntersectionObserver((list) => { observer.disconnect(); done(list); });
    waiting.forEach((image) => observer.observe(image));
  });
  return entries.every(({ intersectionRatio }) => intersectionRatio === 0);
}
