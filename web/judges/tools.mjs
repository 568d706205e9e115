// Judges of what a site offers besides its pages: its search, and the small pages that lead on from old addresses.
import axe from "axe-core";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { runAxe } from "./browser.mjs";

/** Whether the page only leads on to another. */
export async function leadsOn(folder, page) {
  return (await readFile(path.join(folder, page), "utf8")).includes('http-equiv="refresh"');
}

/** Searches the page for a word with the keyboard, and gives complaints about the dialog while it is open. */
export async function searchIn(browser, address, word, { size, scheme }) {
  const context = await browser.newContext({ viewport: size, colorScheme: scheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  await page.goto(address, { waitUntil: "load" });
  await page.locator(".search-button").focus();
  await page.keyboard.press("Enter");
  const dialog = page.locator("dialog[open]");
  await dialog.waitFor();
  await page.keyboard.type(word);
  const found = dialog.getByRole("link");
  await found.first().waitFor();
  await page.evaluate(axe.source);
  complaints.push(...(await page.evaluate(runAxe)));
  const wide = await dialog.evaluate((element) => element.scrollWidth > element.clientWidth + 1);
  if (wide) complaints.push("the dialog scrolls sideways");
  const first = await found.first().getAttribute("href");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" }).catch(() => complaints.push("Escape does not close the dialog"));
  await context.close();
  return { complaints, first };
}

/** The address at which a visitor of this one ends. */
export async function endOf(browser, address, isThere) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address, { waitUntil: "commit" });
  await page.waitForURL(isThere);
  const end = page.url();
  await context.close();
  return end;
}
