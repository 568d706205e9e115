// The judge that measures as phones on a slow line would: Lighthouse.
import { createServer } from "node:net";
import lighthouse from "lighthouse";
import { startBrowser } from "./browser.mjs";

const CATEGORIES = { performance: "performance", accessibility: "accessibility", practices: "best-practices", seo: "seo" };

/** A browser that Lighthouse can talk to; to be closed. */
export async function startForLighthouse() {
  const port = await freePort();
  const browser = await startBrowser(`--remote-debugging-port=${port}`);
  return { port, close: () => browser.close() };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Scores of a page on a phone, from 0 to 100, and what is below 100 and why; `only` names fewer categories. */
export async function measure({ port }, address, only = Object.keys(CATEGORIES)) {
  const settings = { port, output: "json", logLevel: "silent", onlyCategories: only.map((name) => CATEGORIES[name]) };
  const { lhr } = await lighthouse(address, settings);
  if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
  const scores = {};
  const complaints = [];
  for (const name of only) {
    const category = lhr.categories[CATEGORIES[name]];
    scores[name] = Math.round(category.score * 100);
    for (const { id, weight } of category.auditRefs) {
      const audit = lhr.audits[id];
      if (weight > 0 && audit.score !== null && audit.score < 1) {
        const nodes = (audit.details?.items ?? []).map((item) => item.node?.selector ?? item.url ?? item.description);
        complaints.push(`${name} ${id}: ${audit.displayValue ?? audit.title} ${nodes.filter(Boolean).slice(0, 3).join(", ")}`);
      }
    }
  }
  return { scores, complaints };
}
