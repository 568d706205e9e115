// Looks at a view as a person with any eyes would: its rules in the dark and in the light, and that it fits the window.
// With ACCID_SHOTS=folder every view is kept as a picture in both, and seen at the width of a tablet too.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { assertAccessible, openWindow } from "./studio.mjs";

const folder = process.env.ACCID_SHOTS ?? "";

/** A menu lies over a part of what is below it, which is out of reach until it is closed. */
export const covers = { without: ["target-size"] };
export const looks = [
  { name: "1440", isWide: true, options: { viewport: { width: 1440, height: 900 } } },
  ...(folder === "" ? [] : [{ name: "768", isWide: false, options: { viewport: { width: 768, height: 1024 }, hasTouch: true, isMobile: true } }]),
  { name: "360", isWide: false, options: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
];

/** What a window of one size is judged with. */
export async function judge(browser, { options, name, isWide }) {
  const window = await openWindow(browser, { colorScheme: "dark", ...options });
  const { page } = window;
  const keep = async (what, scheme) => {
    if (folder === "") return;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${what.replace(/[^a-z0-9]+/gi, "-")}-${name}-${scheme}.png`) });
  };
  const see = async (what, rules = {}) => {
    await assertAccessible(page, `${what}, dark, ${name}`, rules);
    await keep(what, "dark");
    await page.emulateMedia({ colorScheme: "light" });
    await keep(what, "light");
    // The other scheme changes nothing but colours.
    await assertAccessible(page, `${what}, light, ${name}`, { only: ["color-contrast"] });
    await page.emulateMedia({ colorScheme: "dark" });
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wider <= 0, `${what}, ${name}: ${wider} px wider than the window`);
  };
  const close = () => page.keyboard.press("Escape");
  return {
    ...window, see, close, isWide,
    /** On a narrow screen the panels are drawers. */
    drawer: async (title) => { if (!isWide) await page.getByRole("button", { name: title }).click(); },
    fold: async () => { if (!isWide) await close(); },
  };
}
