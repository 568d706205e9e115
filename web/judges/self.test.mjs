// The judges themselves: each finds its fault in a page that has all of them, and none in a page that has none.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { lookAt, startBrowser } from "./browser.mjs";
import { brokenLinks } from "./links.mjs";
import { pagesOf, serve } from "./site.mjs";
import { nuErrors, standardErrors } from "./standards.mjs";

const page = (head, body) =>
  `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n` +
  `<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>A page</title>\n` +
  `<link rel="icon" href="data:,">\n${head}</head>\n<body>\n${body}</body>\n</html>\n`;

const GOOD = page("", '<main>\n<h1>A page</h1>\n<p><a href="other.html">The other one</a></p>\n</main>\n');
const BAD = page(
  "<style>p { color: #ccc; background: #fff }</style>\n",
  '<p id="a" id="b">pale</p><center>old</center><a href="missing.html">gone</a><a href="/root.html">root</a>' +
    '<a href="#nowhere">nowhere</a><div style="width:3000px">wide</div>' +
    '<img src="http://localhost:9/x.png"><script>console.error("cried")</script>\n',
);

let browser, folder, site;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "accid-judges-"));
  await writeFile(path.join(folder, "bad.html"), BAD);
  await writeFile(path.join(folder, "index.html"), GOOD);
  await writeFile(path.join(folder, "other.html"), GOOD.replace("other.html", "index.html"));
  [browser, site] = await Promise.all([startBrowser(), serve(folder)]);
});
after(async () => {
  await browser?.close();
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

test("a good page has no complaint", async () => {
  assert.deepEqual(await pagesOf(folder), ["bad.html", "index.html", "other.html"]);
  assert.deepEqual(await nuErrors(folder, ["index.html", "other.html"]), []);
  assert.deepEqual(await standardErrors(folder, "index.html"), []);
  assert.deepEqual(await brokenLinks(site, ["index.html"]), []);
  assert.deepEqual(await lookAt(browser, `${site.url}index.html`, { accessibility: true }), []);
});

test("the readers find what is wrong", async () => {
  assert.match((await nuErrors(folder, ["bad.html"])).join("\n"), /center/);
  assert.match((await standardErrors(folder, "bad.html")).join("\n"), /center/);
});

test("broken links and links that leave the sub-folder are found", async () => {
  const broken = (await brokenLinks(site, ["bad.html"])).join("\n");
  assert.match(broken, /missing\.html/);
  assert.match(broken, /root\.html/);
});

test("the browser finds what is wrong", async () => {
  const found = (await lookAt(browser, `${site.url}bad.html`, { accessibility: true })).join("\n");
  for (const fault of [/console: cried/, /asks another host/, /scrolls sideways/, /#nowhere/, /axe color-contrast/, /axe image-alt/]) {
    assert.match(found, fault);
  }
});
