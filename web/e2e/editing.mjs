// Several modules at once, the clipboard, the menu of a module, undo after a reload, own CSS and what is mended: as one
// person would do it, one after the other.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, assertAccessible, base, drawPicture, launch, makeProject, openPage, openWindow, removeProject, waitForSaved, waitUntil } from "./lib/studio.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const kinds = async (project) => {
  const page = await api(`/api/projects/${project.id}/pages/${project.page.id}`);
  const walk = (modules) => modules.map((module) => `${module.type}${module.children?.length ? `(${walk(module.children)})` : ""}`).join(" ");
  return walk(page.modules);
};
const rows = (page) => page.locator("[data-outline-row]");
const chosen = (page) => page.locator("[data-outline-row][aria-selected='true']").count();
const saved = async (project, wanted, what) => waitUntil(() => kinds(project), wanted, what);

/** Pastes as the browser does, with what stands on the clipboard of another program. */
const paste = (page, data) => page.evaluate((all) => {
  const transfer = new window.DataTransfer();
  for (const [type, text] of Object.entries(all)) transfer.setData(type, text);
  document.querySelector("[data-stage]").dispatchEvent(new window.ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }));
}, data);

test("several modules are chosen, moved, wrapped, copied to another project and brought back by undo", { timeout: 120_000 }, async () => {
  const project = await makeProject(`Editing ${Date.now()}`, ["text", "button", "link", "text"]);
  const other = await makeProject(`Other ${Date.now()}`, ["hero"]);
  const { page, context, check, expectTrouble } = await openWindow(browser, { permissions: ["clipboard-read", "clipboard-write"] });
  page.setDefaultTimeout(10_000);
  try {
    const canvas = await openPage(page, project.slug);
    // With Shift and Ctrl, in the outline and with the keys.
    await rows(page).nth(0).click();
    await rows(page).nth(2).click({ modifiers: ["Shift"] });
    assert.equal(await chosen(page), 3);
    await rows(page).nth(1).click({ modifiers: ["ControlOrMeta"] });
    assert.equal(await chosen(page), 2);
    await page.getByRole("heading", { name: "2 modules" }).waitFor();
    await assertAccessible(page, "several chosen modules", { without: ["region"] });
    await rows(page).nth(0).click();
    await page.keyboard.press("Shift+ArrowDown");
    await waitUntil(() => chosen(page), 2);
    await page.keyboard.press("Alt+End");
    await saved(project, "link text text button", "both moved");
    await page.keyboard.press("ControlOrMeta+g");
    await saved(project, "link text section(text button)", "both wrapped");
    await page.keyboard.press("ControlOrMeta+Shift+G");
    await saved(project, "link text text button", "both free again");
    // On the canvas, too.
    await canvas.locator(".m-link").click({ position: { x: 4, y: 4 } });
    await canvas.locator(".m-button").click({ position: { x: 2, y: 2 }, modifiers: ["ControlOrMeta"] });
    await waitUntil(() => chosen(page), 2);

    // The menu, by its key and by the right button.
    await page.keyboard.press("Shift+F10");
    const menu = page.getByRole("menu", { name: "2 modules" });
    await menu.waitFor();
    await assertAccessible(page, "the menu of modules", { without: ["region"] });
    await page.keyboard.press("ArrowDown");
    assert.match(await page.evaluate(() => document.activeElement.textContent), /Cut/);
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "detached" });
    await canvas.locator(".m-link").click({ button: "right", position: { x: 4, y: 4 } });
    await menu.getByRole("menuitem", { name: /^Copy/ }).click();
    await page.locator("[data-spoken]", { hasText: "2 modules copied." }).waitFor({ state: "attached" });

    // Into another project, and foreign content with it.
    await openPage(page, other.slug);
    await page.keyboard.press("ControlOrMeta+v");
    await saved(other, "hero link button", "pasted into another project");
    await paste(page, { "text/plain": "# Harbours\n\n- Port Louis\n- St. George's" });
    await saved(other, "hero link button text", "Markdown became a text");
    await paste(page, { "text/plain": "https://example.org/islands" });
    await saved(other, "hero link button text link", "an address became a card");
    // What was written into the page to run is refused by the studio's policy even where it is only read.
    expectTrouble(/Executing inline event handler violates/);
    await paste(page, { "text/html": "<p>Hello <b>there</b><img src=x onerror='window.hurt=1'><script>window.hurt=1</script></p>", "text/plain": "Hello there" });
    await saved(other, "hero link button text link text", "HTML became a text");
    assert.equal(await page.evaluate(() => window.hurt), undefined);
    await waitForSaved(page);

    // Undo goes on after a reload, and ends in the history.
    await page.reload();
    await page.locator("[data-stage][data-ready]").waitFor();
    await waitUntil(() => page.getByRole("button", { name: "Undo", exact: true }).first().getAttribute("aria-disabled"), null, "undo is there again");
    for (const left of ["hero link button text link", "hero link button text", "hero link button", "hero"]) {
      await page.keyboard.press("ControlOrMeta+z");
      await saved(other, left, "a step before the reload is undone");
    }
    await page.keyboard.press("ControlOrMeta+z");
    await page.getByRole("button", { name: "Open the history" }).waitFor();
    check();
  } finally {
    await context.close();
    await Promise.all([project, other].map(removeProject));
  }
});

test("style says where it comes from, own CSS stays in its module, and what is found is mended where it stands", { timeout: 90_000 }, async () => {
  const project = await makeProject(`Style ${Date.now()}`, ["text"]);
  const { page, context, check } = await openWindow(browser);
  page.setDefaultTimeout(10_000);
  try {
    const canvas = await openPage(page, project.slug);
    const text = canvas.locator(".m-text");
    const look = (name) => text.evaluate((element, property) => getComputedStyle(element)[property], name);
    await rows(page).nth(0).click();
    await page.getByRole("tab", { name: "Style" }).click();
    const field = (name) => page.locator(`[data-style='${name}'] input[type='text']`);
    // What is rarely used is folded away.
    await page.locator("summary", { hasText: "Border and shadow" }).click();
    await field("border_width").fill("m");
    await waitUntil(() => look("borderTopWidth"), "2px", "a border");
    await field("background_gradient").fill("45deg, #102030, #204060");
    await waitUntil(async () => (await look("backgroundImage")).startsWith("linear-gradient"), true, "a gradient");
    // The tablet has it from the desktop, until it has its own; the phone has it from the tablet.
    await page.getByRole("tab", { name: "Tablet" }).click();
    await page.locator("[data-style='border_width']").getByText("From Desktop: m").waitFor();
    await field("border_width").fill("l");
    await page.getByRole("tab", { name: "Phone" }).click();
    await page.locator("[data-style='border_width']").getByText("From Tablet: l").waitFor();
    await page.getByRole("tab", { name: "Tablet" }).click();
    await page.getByRole("button", { name: "Reset: Width of the border" }).click();
    await page.locator("[data-style='border_width']").getByText("From Desktop: m").waitFor();
    await page.getByRole("tab", { name: "Desktop" }).click();
    // A text nobody can read is found while it is typed, and mended.
    await field("color").fill("#203040");
    const contrast = page.locator("[data-finding='style.contrast']");
    await contrast.waitFor();
    await assertAccessible(page, "the style of a module", { without: ["region"] });
    await contrast.getByRole("button").click();
    await contrast.waitFor({ state: "detached" });
    // Own CSS: what is good holds for the module, what is broken is told with its line, and nothing gets out.
    await page.locator("summary", { hasText: "Own CSS" }).click();
    await page.getByLabel("CSS of this module").fill("letter-spacing: 3px;\nh2::: { top: 0 }\n} body { display: none } .x {");
    await waitUntil(() => look("letterSpacing"), "3px", "own CSS");
    await page.locator("[data-finding='css.refused']", { hasText: "Line 2" }).waitFor();
    assert.notEqual(await canvas.locator("body").evaluate((element) => getComputedStyle(element).display), "none");
    await waitForSaved(page);
    check();
  } finally {
    await context.close();
    await removeProject(project);
  }
});

test("what the check finds is mended where it leads, a form is tried, and pictures come along into another project", { timeout: 90_000 }, async () => {
  const project = await makeProject(`Mended ${Date.now()}`, ["text", "button", "form", "image"]);
  const other = await makeProject(`Pictures ${Date.now()}`, []);
  const { page, context, check, expectTrouble } = await openWindow(browser, { permissions: ["clipboard-read", "clipboard-write"] });
  page.setDefaultTimeout(10_000);
  const put = (index, props) => api(`/api/projects/${project.id}/modules/${project.modules[index].id}`, { method: "PUT", body: { props: { ...project.modules[index].props, ...props } } });
  const said = { type: "text", text: "click here", marks: [{ type: "link", attrs: { href: "https://www.example.org/boats" } }] };
  try {
    await put(0, { doc: { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "For our boats " }, said] }] } });
    await put(1, { target: "" });
    await put(2, { target: "mailto:ana@example.org" });
    const canvas = await openPage(page, project.slug);
    // Words of a link that say nothing are found at once, and mended with one press.
    await rows(page).nth(0).click();
    await page.locator("[data-finding='link.text-vague']").getByRole("button", { name: "Call it “Example.org”" }).click();
    await canvas.getByRole("link", { name: "Example.org" }).waitFor();
    await page.locator("[data-finding='link.text-vague']").waitFor({ state: "detached" });
    // The check leads to the very field.
    await page.getByRole("button", { name: "Check the site" }).click();
    await page.locator("[data-code='button.target-missing']").getByRole("button").click();
    await page.locator("[data-inspector='button']").waitFor();
    await waitUntil(() => page.evaluate(() => document.activeElement.closest("[data-field]")?.getAttribute("data-field") ?? ""), "/props/target", "the focus is in the field");

    // A test message is what a visitor would send, and leaves only when it is sent.
    await rows(page).nth(2).click();
    const [tab] = await Promise.all([context.waitForEvent("page"), page.getByRole("button", { name: "Try it" }).click()]);
    await tab.getByRole("heading", { name: /^A test of/ }).waitFor();
    assert.equal(await tab.getByLabel("E-mail").inputValue(), "test@example.org");
    await tab.getByText("ana@example.org").waitFor();
    await assertAccessible(tab, "a test of a form");
    await tab.close();
    // To an address of the web the browser itself sends it, and shows what is answered there.
    await put(2, { target: "https://receiver.example/mail" });
    expectTrouble(/^asked another host: https:\/\/receiver\.example\/mail$/);
    let received = "";
    await context.route("https://receiver.example/**", (route) => {
      received = `${route.request().method()} ${route.request().postData()}`;
      return route.fulfill({ contentType: "text/html", body: "<title>Receiver</title><p>Thank you, Ana." });
    });
    await canvas.locator("form[action='https://receiver.example/mail']").waitFor();
    const [second] = await Promise.all([context.waitForEvent("page"), page.getByRole("button", { name: "Try it" }).click()]);
    await second.getByRole("button", { name: "Send" }).click();
    await second.getByText("Thank you, Ana.").waitFor();
    assert.match(received, /^POST .*email=test%40example\.org/s);
    await second.close();

    // A picture is copied with what is said of it.
    const sunset = await drawPicture(page);
    const form = new FormData();
    form.append("files", new Blob([sunset.buffer], { type: sunset.mimeType }), sunset.name);
    const { data: { items: [photo] } } = await (await fetch(`${base}/api/gallery/${project.id}/photos/upload`, { method: "POST", body: form })).json();
    await api(`/api/gallery/${project.id}/photos/${photo.id}`, { method: "PUT", body: { alt: "The sun goes down" } });
    await put(3, { image: { photo: photo.id, alt: "" } });
    await canvas.getByRole("img", { name: "The sun goes down" }).waitFor();
    await rows(page).nth(3).click();
    await page.locator("[data-stage]").focus();
    await page.keyboard.press("ControlOrMeta+c");
    await page.locator("[data-spoken]", { hasText: "1 module copied" }).waitFor({ state: "attached" });
    const there = await openPage(page, other.slug);
    await page.locator("[data-stage]").focus();
    await page.keyboard.press("ControlOrMeta+v");
    await there.getByRole("img", { name: "The sun goes down" }).waitFor();
    const copies = (await api(`/api/gallery/${other.id}/photos`)).items;
    assert.deepEqual(copies.map(({ filename, alt }) => [filename, alt]), [["sunset.png", "The sun goes down"]]);
    await waitForSaved(page);
    check();
  } finally {
    await context.close();
    await Promise.all([project, other].map(removeProject));
  }
});

assert.ok(base);
