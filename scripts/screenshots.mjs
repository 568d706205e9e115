// Takes the pictures of README and docs/screenshots from the real program: the studio and the demo, on phone, tablet
// and desktop, light and dark. Usage: node scripts/screenshots.mjs PROGRAM FOLDER
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

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

// Lazy pictures below the fold appear only when somebody scrolls there.
async function settle(page) {
  await page.waitForLoadState("load");
  await page.evaluate(async () => {
    await document.fonts.ready;
    document.querySelectorAll("img[loading]").forEach((image) => { image.loading = "eager"; });
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  });
  for (const frame of page.frames().slice(1)) {
    await frame.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)))).catch(() => undefined);
  }
  await page.waitForTimeout(700);
}

const pictures = [
  { name: "dashboard-desktop-light", path: "/", size: desktop, scheme: "light" },
  { name: "dashboard-phone-dark", path: "/", size: phone, scheme: "dark" },
  { name: "builder-desktop-light", path: "/projects/yacht-adventures/index", size: desktop, scheme: "light" },
  { name: "builder-desktop-dark", path: "/projects/yacht-adventures/index", size: desktop, scheme: "dark", act: chooseHero },
  { name: "builder-tablet-light", path: "/projects/yacht-adventures/index", size: tablet, scheme: "light" },
  { name: "builder-phone-light", path: "/projects/yacht-adventures/index", size: phone, scheme: "light" },
  { name: "history-desktop-light", path: "/projects/yacht-adventures/index", size: desktop, scheme: "light", act: openHistory },
  { name: "publish-desktop-light", path: "/projects/yacht-adventures/index", size: desktop, scheme: "light", act: openPublish },
  { name: "settings-desktop-light", path: "/settings", size: desktop, scheme: "light" },
  { name: "demo-home-desktop-light", path: "/canvas/yacht-adventures/index.html", size: desktop, scheme: "light" },
  { name: "demo-home-phone-dark", path: "/canvas/yacht-adventures/index.html", size: phone, scheme: "dark" },
  { name: "demo-voyage-desktop-light", path: "/canvas/yacht-adventures/voyage.html", size: desktop, scheme: "light" },
  { name: "demo-yacht-tablet-dark", path: "/canvas/yacht-adventures/yacht.html", size: tablet, scheme: "dark" },
  { name: "demo-join-desktop-light", path: "/canvas/yacht-adventures/join.html", size: desktop, scheme: "light" },
];

async function chooseHero(page) {
  await page.getByRole("treeitem", { name: /Twelve weeks/ }).first().click();
}

async function openHistory(page) {
  await page.getByRole("button", { name: "History" }).click();
}

async function openPublish(page) {
  await page.getByRole("button", { name: "Publish", exact: true }).click();
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
  const wanted = process.env.ONLY ? pictures.filter((picture) => picture.name.includes(process.env.ONLY)) : pictures;
  for (const { name, path, size, scheme, act } of wanted) {
    const page = await browser.newPage({ viewport: size, colorScheme: scheme });
    await page.goto(base + path);
    await settle(page);
    await act?.(page);
    await settle(page);
    await page.screenshot({ path: join(folder, `${name}.jpg`), type: "jpeg", quality: 72 });
    await page.close();
    console.log(`${name}.jpg`);
  }
} finally {
  await browser.close();
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  rmSync(data, { recursive: true, force: true });
}
