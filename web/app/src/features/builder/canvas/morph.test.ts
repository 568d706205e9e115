// The canvas's document follows the renderer, and what is equal keeps its elements.
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ModuleDocument } from "@accid/api-client/types";
import { echoTexts, morphModule, morphPage } from "./morph.ts";

const text = (id: string, words: string) => `<p data-accid-id="${id}" data-accid-prop="text">${words}</p>`;
const box = (id: string, ...inside: string[]) => `<section data-accid-id="${id}"><div data-accid-slot="${id}">${inside.join("\n")}</div></section>`;
const page = (...modules: string[]) => `<!doctype html><html lang="en"><head><title>T</title></head><body><main data-accid-slot="page">\n${modules.join("\n")}\n</main></body></html>`;

// Not in jsdom; the ids here need no escaping.
vi.stubGlobal("CSS", { escape: (text: string) => text });

describe("the canvas", () => {
  let canvas: Document;
  const element = (id: string) => canvas.querySelector(`[data-accid-id="${id}"]`);
  const order = () => [...canvas.querySelectorAll("[data-accid-id]")].map((one) => one.getAttribute("data-accid-id")).join(" ");
  const same = (html: string) => expect(canvas.body.isEqualNode(new DOMParser().parseFromString(html, "text/html").body), canvas.body.outerHTML).toBe(true);

  beforeEach(() => {
    canvas = document.implementation.createHTMLDocument();
    canvas.documentElement.innerHTML = new DOMParser().parseFromString(page(text("a", "A"), box("s", text("b", "B"), text("c", "C")), text("d", "D")), "text/html").documentElement.innerHTML;
  });

  it("keeps each module's element wherever the module goes", () => {
    const before = new Map(["a", "b", "c", "d", "s"].map((id) => [id, element(id)]));
    const next = page(box("s", text("c", "C"), text("a", "A")), text("d", "D, changed"), text("b", "B"));
    morphPage(canvas, next);
    expect(order()).toBe("s c a d b");
    same(next);
    for (const [id, was] of before) expect(element(id)).toBe(was);
  });

  it("puts in what is new, takes out what is gone, and touches nothing else", () => {
    const before = ["a", "d"].map(element);
    const next = page(text("n", "New"), text("a", "A"), box("s"), text("d", "D"), text("m", "More"));
    morphPage(canvas, next);
    same(next);
    expect(["a", "d"].map(element)).toEqual(before);
    const records = new (canvas.defaultView ?? window).MutationObserver(() => undefined);
    records.observe(canvas, { subtree: true, childList: true, attributes: true, characterData: true });
    morphPage(canvas, next);
    expect(records.takeRecords()).toEqual([]);
  });

  it("takes over a module that became something else, and the attributes of what is around it", () => {
    const next = page(`<h2 data-accid-id="a">A</h2>`, box("s", text("b", "B")).replace("<div ", `<div class="wide" `), text("d", "D"));
    morphPage(canvas, next);
    same(next);
  });

  it("leaves alone what somebody is typing in", () => {
    element("b")?.setAttribute("contenteditable", "true");
    if (element("b")) (element("b") as Element).textContent = "being typed";
    morphPage(canvas, page(text("a", "A"), box("s", text("b", "older"), text("c", "newer")), text("d", "D")));
    expect([element("b")?.textContent, element("c")?.textContent]).toEqual(["being typed", "newer"]);
  });

  it("takes one module, and says when there is none", () => {
    const inner = element("c");
    expect(morphModule(canvas, "s", { html: box("s", text("b", "B2"), text("c", "C")) })).toBe(true);
    expect([element("b")?.textContent, element("c")]).toEqual(["B2", inner]);
    expect(morphModule(canvas, "gone", { html: text("gone", "x") })).toBe(false);
    expect(morphModule(canvas, "a", { html: " " })).toBe(false);
  });
});

describe("the echo of what is typed", () => {
  const module = (props: ModuleDocument["props"]): ModuleDocument => ({ id: "m", type: "hero", version: 1, props });
  const show = (html: string) => { document.body.innerHTML = `<section data-accid-id="m">${html}</section>`; return document.body; };

  it("shows a plain text at once, also one in a list", () => {
    const body = show(`<h1 data-accid-prop="title">Old</h1><a data-accid-prop="links/0/label">Go</a>`);
    expect(echoTexts(document, module({ title: "Old", links: [{ label: "Go" }] }), module({ title: "Old & new", links: [{ label: "Sail" }] }))).toBe(true);
    expect([body.querySelector("h1")?.textContent, body.querySelector("a")?.textContent]).toEqual(["Old & new", "Sail"]);
  });

  it("waits for the renderer where the canvas shows something else, or nothing", () => {
    const html = `<h1 data-accid-prop="title">OLD</h1><p data-accid-prop="text">One<br>two</p><div data-accid-id="x"><i data-accid-prop="label">Old</i></div><b data-accid-prop="note" contenteditable>Old</b>`;
    const body = show(html);
    const before = body.innerHTML;
    const changed = (now: string) => module({ title: now, text: now, label: now, note: now });
    expect(echoTexts(document, changed("Old"), changed("New"))).toBe(false);
    show(`<h1 data-accid-prop="title">Old</h1>`);
    expect(echoTexts(document, changed("Old"), changed(""))).toBe(false);
    expect(echoTexts(document, changed("Old"), changed("two\nlines"))).toBe(false);
    show(html);
    expect(body.innerHTML).toBe(before);
  });
});
