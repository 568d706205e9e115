// Judges that look at a page in Chromium: accessibility, overflow, console, requests, pictures.
import axe from "axe-core";
import { chromium } from "playwright-core";

/** Widths in pixels, with their heights, that a page is looked at in. */
export const SIZES = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1366, height: 768 },
];

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Debian's Chromium, or the one that ACCID_CHROMIUM names, with more arguments when there are any. */
export function startBrowser(...more) {
  const executablePath = process.env.ACCID_CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, headless: true, args: [...QUIET, ...more] });
}

/** Opens the address and gives every complaint about what is seen there. */
export async function lookAt(browser, address, { size = SIZES[2], scheme = "light", accessibility = false } = {}) {
  const context = await browser.newContext({ viewport: size, colorScheme: scheme, reducedMotion: "reduce" });
  const complaints = [];
  const own = address.startsWith("file:") ? "file://" : new URL(address).origin;
  const page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(own) && !url.startsWith("data:") && !url.startsWith("blob:")) {
      complaints.push(`asks another host: ${url}`);
    }
  });
  page.on("requestfailed", (request) => complaints.push(`cannot be loaded: ${request.url()}`));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(address, { waitUntil: "load" });
  complaints.push(...(await page.evaluate(inspect)));
  if (accessibility) {
    await page.evaluate(axe.source);
    complaints.push(...(await page.evaluate(runAxe)));
  }
  await context.close();
  return complaints;
}

// Runs in the page: overflow, broken pictures, links to places in the page that are not there.
async function inspect() {
  const found = [];
  const root = document.documentElement;
  await document.fonts.ready;
  for (const image of document.images) {
    image.loading = "eager";
    await image.decode().catch(() => found.push(`broken picture: ${image.currentSrc || image.src}`));
  }
  if (root.scrollWidth > window.innerWidth) {
    const wide = [...document.body.querySelectorAll("*")].find(
      (element) => element.getBoundingClientRect().right > window.innerWidth + 1,
    );
    const name = wide ? `${wide.localName}.${wide.className}` : "something";
    found.push(`scrolls sideways: ${root.scrollWidth} px in ${window.innerWidth} px (${name})`);
  }
  for (const link of document.querySelectorAll("a[href*='#']")) {
    const target = new URL(link.href);
    const here = target.pathname === location.pathname && target.hash.length > 1;
    const name = decodeURIComponent(target.hash.slice(1));
    if (here && name !== "top" && !document.getElementById(name)) found.push(`no such place in the page: ${target.hash}`);
  }
  return found;
}

/** Runs in the page: WCAG 2.2 AA. */
export async function runAxe() {
  const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const report = await window.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
  return report.violations.flatMap((rule) =>
    rule.nodes.map((node) => `axe ${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.split("\n").slice(1, 3).join(" ")}`),
  );
}
