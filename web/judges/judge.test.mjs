// Judges every page of the exported site in the folder ACCID_SITE. Run: ACCID_SITE=folder node --test judge.test.mjs
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { SIZES, lookAt, startBrowser } from "./browser.mjs";
import { brokenLinks } from "./links.mjs";
import { pagesOf, serve } from "./site.mjs";
import { nuErrors, standardErrors } from "./standards.mjs";

const folder = process.env.ACCID_SITE;
assert.ok(folder, "Say which exported site to judge: ACCID_SITE=folder");
const pages = await pagesOf(folder);

const none = (complaints) => assert.equal(complaints.length, 0, `\n${complaints.join("\n")}\n`);

test("the site has pages", () => assert.ok(pages.includes("index.html"), `pages: ${pages.join(", ")}`));

test("the Nu HTML checker finds no error", async () => none(await nuErrors(folder, pages)));

describe("html-validate accepts", () => {
  for (const page of pages) test(page, async () => none(await standardErrors(folder, page)));
});

describe("in a browser", () => {
  let browser;
  let site;
  before(async () => {
    [browser, site] = await Promise.all([startBrowser(), serve(folder)]);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  test("no link of the site is broken or leaves its sub-folder", async () => none(await brokenLinks(site, pages)));

  for (const page of pages) {
    for (const size of SIZES) {
      for (const scheme of ["light", "dark"]) {
        test(`${page} is accessible and fits ${size.width} px, ${scheme}`, async () => {
          none(await lookAt(browser, site.url + page, { size, scheme, accessibility: true }));
        });
      }
    }
    test(`${page} works from a file`, async () => {
      none(await lookAt(browser, pathToFileURL(path.join(folder, page)).href));
    });
  }
});
