// Judges the exported sites below the folder ACCID_SITES (made by export.mjs). Run: ACCID_SITES=folder node --test
// judge.test.mjs. With ACCID_LONG=1 every page in every theme, light and dark; ACCID_QUALITY names the folder that then
// keeps what was found.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { SIZES, lookAt, startBrowser } from "./browser.mjs";
import { brokenLinks } from "./links.mjs";
import { differingPixels } from "./parity.mjs";
import { SCHEMES, looks, patternPages, sitesIn } from "./plan.mjs";
import { Quality } from "./quality.mjs";
import { FONT_LIMIT, STILL, walkThrough } from "./shift.mjs";
import { serve } from "./site.mjs";
import { nuErrors, standardErrors } from "./standards.mjs";
import { endOf, searchIn } from "./tools.mjs";
import { LIMIT, weightOf } from "./weight.mjs";

const folder = process.env.ACCID_SITES;
assert.ok(folder, "Say where the exported sites are: ACCID_SITES=folder");
const long = Boolean(process.env.ACCID_LONG);
const sites = await sitesIn(folder);
const shown = sites.filter(({ side }) => !side);
const demos = shown.filter(({ kind }) => kind === "demo");
// Of the patterns only those pages that are looked at: each once in the short form.
const turns = patternPages(shown, long);
const read = shown.map((site) => (site.kind === "patterns" ? { ...site, pages: turns.filter((one) => one.site === site).map(({ page }) => page) } : site));
const quality = new Quality();
// The demo is on the canvas in the theme it came with.
const canvas = process.env.ACCID_URL && `${process.env.ACCID_URL}/canvas/yacht-adventures/`;
const own = canvas && (await (await fetch(`${process.env.ACCID_URL}/api/projects/yacht-adventures`)).json()).data.theme.name;

const none = (complaints) => assert.equal(complaints.length, 0, `\n${complaints.join("\n")}\n`);
const note = (rows, judge, complaints) => rows.forEach((row) => { row.complaints[judge] = (row.complaints[judge] ?? 0) + complaints.length; });

after(async () => {
  if (long && process.env.ACCID_QUALITY) await quality.write(process.env.ACCID_QUALITY, "looks");
});

test("there are the demo and the patterns in every theme, and the templates, with their pages", () => {
  assert.ok(demos.length >= 8, sites.map(({ name }) => name).join(", "));
  const themes = (kind) => shown.filter((site) => site.kind === kind).map(({ theme }) => theme);
  assert.deepEqual(themes("patterns"), themes("demo"));
  const patterns = patternPages(shown, false).map(({ page }) => page);
  assert.ok(patterns.length >= 18 && patterns.length <= 20 && new Set(patterns).size === patterns.length, patterns.join(", "));
  for (const { name, pages } of sites) assert.ok(pages.includes("index.html"), `${name}: ${pages.join(", ")}`);
  assert.ok(shown.some(({ kind }) => kind === "template"));
});

test("the Nu HTML checker finds no error", async () => {
  const files = read.flatMap((site) => site.pages.map((page) => `${site.name}/${page}`));
  const errors = await nuErrors(folder, files);
  for (const site of read) {
    for (const page of site.pages) note(quality.rowsOf(site, page), "nu", errors.filter((error) => error.startsWith(`${site.name}/${page}:`)));
  }
  none(errors);
});

for (const site of read) {
  test(`html-validate accepts ${site.name}, and no page weighs more than ${LIMIT / 1024} KB`, async () => {
    const all = [];
    for (const page of site.pages) {
      const complaints = await standardErrors(site.folder, page);
      const weight = await weightOf(site.folder, page);
      note(quality.rowsOf(site, page), "standard", complaints);
      quality.rowsOf(site, page).forEach((row) => { row.weight = weight; });
      all.push(...complaints, ...(weight > LIMIT ? [`${page}: HTML and CSS are ${weight} bytes with gzip`] : []));
    }
    none(all);
  });
}

describe("in a browser", () => {
  let browser;
  const served = new Map();
  before(async () => {
    browser = await startBrowser();
    for (const site of sites) served.set(site.name, await serve(site.folder));
  });
  after(async () => {
    await browser?.close();
    for (const server of served.values()) await server.close();
  });
  const addressOf = (site, page) => served.get(site.name).url + page;

  for (const site of long ? shown : [demos[0], ...shown.filter(({ kind }) => kind === "template" || kind === "bilingual")]) {
    test(`no link of ${site.name} is broken or leaves its sub-folder`, async () => none(await brokenLinks(served.get(site.name), site.pages)));
  }

  for (const site of shown.filter(({ kind }) => kind === "bilingual")) {
    for (const [index, [page, word]] of [["index.html", "contact"], ["de/index.html", "deutsch"]].entries()) {
      test(`the search of ${site.name}/${page} is accessible, finds a page and closes`, async () => {
        for (const scheme of long ? SCHEMES : [SCHEMES[index]]) {
          const { complaints, first } = await searchIn(browser, addressOf(site, page), word, { size: SIZES[index * 2], scheme });
          none(complaints);
          assert.match(first, index === 0 ? /^[a-z-]+\.html$/ : /^\.\.\/de\/[a-z-]+\.html$/);
        }
      });
    }
    test(`an old address of ${site.name} leads on without a script`, async () => {
      assert.deepEqual(site.former, ["about.html", "de/about.html"]);
      for (const page of site.former) {
        const there = addressOf(site, page.replace("about", "the-painter"));
        assert.equal(await endOf(browser, addressOf(site, page), there), there);
      }
    });
  }

  for (const site of canvas ? demos.filter(({ theme }) => theme === own) : []) {
    for (const [index, page] of site.pages.filter((page) => page !== "404.html").entries()) {
      for (const size of long ? SIZES : [SIZES[index % SIZES.length]]) {
        for (const scheme of long ? SCHEMES : [SCHEMES[index % SCHEMES.length]]) {
          test(`the canvas shows ${page} as it is exported, to the pixel, at ${size.width} px, ${scheme}`, async () => {
            assert.equal(await differingPixels(browser, canvas + page, addressOf(site, page), { size, scheme }), 0);
          });
        }
      }
    }
  }

  for (const { site, page, sizes, schemes } of looks(sites, long)) {
    for (const size of sizes) {
      for (const scheme of schemes) {
        test(`${site.name}/${page} is accessible and fits ${size.width} px, ${scheme}`, async () => {
          const complaints = await lookAt(browser, addressOf(site, page), { size, scheme, accessibility: true });
          note(quality.rowsOf(site, page, [scheme]), "axe", complaints.filter((complaint) => complaint.startsWith("axe ")));
          none(complaints);
        });
      }
    }
    // Whether a site works from a file does not hang on its patterns; in the short form the demo says it.
    if (long || site.kind !== "patterns") test(`${site.name}/${page} works from a file`, async () => {
      none(await lookAt(browser, pathToFileURL(path.join(site.folder, page)).href));
    });
    test(`nothing moves in ${site.name}/${page} while fonts and pictures come late`, async () => {
      for (const size of sizes.length > 1 ? SIZES : sizes) {
        const { shift, moved, fonts } = await walkThrough(browser, addressOf(site, page), size);
        quality.rowsOf(site, page).forEach((row) => Object.assign(row, { shift: Math.max(row.shift ?? 0, shift), fonts }));
        assert.ok(shift <= STILL, `at ${size.width} px ${shift}: ${JSON.stringify(moved)}`);
        assert.ok(fonts <= FONT_LIMIT, `at ${size.width} px ${fonts} bytes of fonts are loaded`);
      }
    });
  }
});
