// Takes the pictures of README and docs/screenshots from the real program: the studio and the demo, on phone, tablet
// and desktop, light and dark. Usage: node scripts/screenshots.mjs PROGRAM FOLDER
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeStories } from "../web/judges/stories.mjs";

const [program, folder] = process.argv.slice(2);
const { chromium } = createRequire(new URL("../web/package.json", import.meta.url))("playwright-core");
const desktop = { width: 1440, height: 900 };
const tablet = { width: 768, height: 1024 };
const phone = { width: 360, height: 740 };

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

async function waitUntilListed(base) {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(`${base}/api/projects/yacht-adventures`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The program did not list the demo.");
}

// Lazy pictures below the fold appear only when somebody scrolls there. A picture that never comes is left out.
async function showPictures(frame) {
  await frame.evaluate(async () => {
    await document.fonts.ready;
    document.querySelectorAll("img[loading]").forEach((image) => { image.loading = "eager"; });
    const all = [...document.images].map((image) => image.decode().catch(() => undefined));
    await Promise.race([Promise.all(all), new Promise((done) => { setTimeout(done, 20_000); })]);
  });
}

// A canvas that is drawn anew begins with placeholders again, so all is looked at until nothing was left to wait for.
const isWhole = () => document.readyState === "complete" && document.fonts.status === "loaded" && [...document.images].every((image) => image.complete);

async function settle(page) {
  await page.waitForLoadState("load");
  for (let tries = 0; tries < 10; tries += 1) {
    for (const frame of page.frames()) await showPictures(frame).catch(() => undefined);
    await page.waitForTimeout(700);
    const whole = await Promise.all(page.frames().map((frame) => frame.evaluate(isWhole).catch(() => false)));
    if (whole.every(Boolean)) return;
  }
}

const home = "/projects/yacht-adventures/index";
const gallery = "/projects/a-spring-to-windward";
const pictures = [
  { name: "dashboard-desktop-light", path: "/", size: desktop, scheme: "light" },
  { name: "dashboard-phone-dark", path: "/", size: phone, scheme: "dark" },
  { name: "new-project-desktop-dark", path: "/", size: desktop, scheme: "dark", act: openNewProject },
  { name: "builder-desktop-light", path: home, size: desktop, scheme: "light", act: openPalette },
  { name: "builder-desktop-dark", path: home, size: desktop, scheme: "dark", act: chooseHero },
  { name: "builder-tablet-light", path: home, size: tablet, scheme: "light", act: openPages },
  { name: "builder-phone-light", path: home, size: phone, scheme: "light" },
  { name: "design-desktop-light", path: home, size: desktop, scheme: "light", act: openDesign },
  { name: "history-desktop-light", path: home, size: desktop, scheme: "light", act: openHistory },
  { name: "history-phone-dark", path: home, size: phone, scheme: "dark", act: openHistory },
  { name: "publish-desktop-dark", path: home, size: desktop, scheme: "dark", act: openPublish },
  { name: "photos-desktop-dark", path: gallery, size: desktop, scheme: "dark", act: (page) => turnTo(page, "Photos") },
  { name: "photos-phone-light", path: gallery, size: phone, scheme: "light", act: (page) => turnTo(page, "Photos") },
  { name: "map-desktop-light", path: gallery, size: desktop, scheme: "light", act: (page) => turnTo(page, "Map") },
  { name: "story-desktop-dark", path: gallery, size: desktop, scheme: "dark", act: (page) => turnTo(page, "Story") },
  { name: "story-map-phone-dark", path: "/canvas/a-spring-to-windward/index.html", size: phone, scheme: "dark" },
  { name: "settings-tablet-dark", path: "/settings", size: tablet, scheme: "dark" },
  { name: "demo-home-desktop-light", path: "/canvas/yacht-adventures/index.html", size: desktop, scheme: "light" },
  { name: "demo-home-phone-dark", path: "/canvas/yacht-adventures/index.html", size: phone, scheme: "dark" },
  { name: "demo-voyage-desktop-light", path: "/canvas/yacht-adventures/voyage.html", size: desktop, scheme: "light" },
  { name: "demo-route-desktop-light", path: "/canvas/yacht-adventures/route.html", size: desktop, scheme: "light" },
  { name: "demo-yacht-tablet-dark", path: "/canvas/yacht-adventures/yacht.html", size: tablet, scheme: "dark" },
  { name: "demo-join-desktop-light", path: "/canvas/yacht-adventures/join.html", size: desktop, scheme: "light" },
];

const button = (page, name) => page.getByRole("button", { name, exact: true });

const turnTo = (page, name) => page.getByRole("navigation", { name: "Views" }).getByRole("button", { name }).click();

async function openNewProject(page) {
  await button(page, "New project").click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Paintings by Ada");
  await page.locator("[data-choice='portfolio']").click();
  await page.locator("[data-choice='business'] iframe[data-loaded='true']").waitFor();
}

async function chooseHero(page) {
  await page.getByRole("treeitem").nth(1).click();
}

async function openPalette(page) {
  await page.getByRole("tab", { name: "Add" }).click();
}

async function openPages(page) {
  await button(page, "Pages and modules").click();
}

async function openDesign(page) {
  await page.getByRole("tab", { name: "Design" }).click();
  await page.locator("[data-theme-card] iframe[data-loaded='true']").nth(1).waitFor();
}

// On a phone the rarer buttons are in a menu.
async function press(page, name) {
  if (await button(page, name).isVisible()) return button(page, name).click();
  await button(page, "More").click();
  return page.getByRole("menuitem", { name }).click();
}

async function openHistory(page) {
  await press(page, "History");
  await page.getByRole("region", { name: "What differs" }).getByRole("button").first().waitFor();
  await page.waitForTimeout(900);
}

async function openPublish(page) {
  await press(page, "Publish");
  await button(page, "Publish now").waitFor();
}

async function ask(base, path, method, body) {
  const answer = await fetch(`${base}/api/v1${path}`, { method, ...(body ? { headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {}) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
  return (await answer.json()).data;
}

// What a person has after a while: some projects, a version with a name and a change after it, a place to publish to.
async function fill(base) {
  for (const [name, type, template] of [["Paintings by Ada", "html", "portfolio"], ["The slow coast", "html", "journal"], ["Sails by the harbour", "html", "business"], ["How to splice a rope", "tutorial", "blank"], ["One night at sea", "html", "landing"]]) {
    await ask(base, "/projects", "POST", { name, type, template });
  }
  const story = await makeStories((method, path, body) => ask(base, path.replace(/^\/api/, ""), method, body), base);
  await story.tell("map");
  const page = (await (await fetch(`${base}/api/v1/projects/yacht-adventures/pages/index`)).json()).data;
  const hero = page.modules.find((module) => module.type === "hero");
  const module = `/projects/yacht-adventures/modules/${hero.id}`;
  await ask(base, module, "PUT", { props: { ...hero.props, title: "A winter under sail", eyebrow: "A logbook" } });
  await ask(base, "/projects/yacht-adventures/time-machine/snapshot", "POST", { message: "Before the new headline" });
  await ask(base, module, "PUT", { props: hero.props });
  await ask(base, "/projects/yacht-adventures/environments/production", "PUT", { url: "file:///srv/www/yacht", public_url: "" });
}

const data = mkdtempSync(join(tmpdir(), "accid-screenshots-"));
const port = await freePort();
const base = `http://127.0.0.1:${port}`;
const server = spawn(program, ["up", "--demo", "--data", data, "--port", String(port)], { stdio: "ignore" });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  mkdirSync(folder, { recursive: true });
  await waitUntilListed(base);
  await fill(base);
  const wanted = process.env.ONLY ? pictures.filter((picture) => picture.name.includes(process.env.ONLY)) : pictures;
  for (const { name, path, size, scheme, act } of wanted) {
    const page = await browser.newPage({ viewport: size, colorScheme: scheme });
    await page.goto(base + path);
    await settle(page);
    await act?.(page);
    await settle(page);
    await page.screenshot({ path: join(folder, `${name}.jpg`), type: "jpeg", quality: 66 });
    await page.close();
    console.log(`${name}.jpg`);
  }
} finally {
  await browser.close();
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  rmSync(data, { recursive: true, force: true });
}
