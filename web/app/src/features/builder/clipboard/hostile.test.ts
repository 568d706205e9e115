// What is hostile stays harmless on every way into a page: ACCID's own format, HTML, Markdown, plain text, addresses,
// pictures, and a paste into a text that is being edited.
import type { Json, JsonObject, ModuleType } from "@accid/api-client/types";
import { DOMParser as RichParser, DOMSerializer } from "prosemirror-model";
import { describe, expect, it } from "vitest";
import { readRich, richSchema, writeRich } from "../../../shared/rich/richSchema.ts";
import { clipInHtml, freshModules, ownType, photosOf, readClip } from "./format.ts";
import { piecesOf, pictureInText } from "./html.ts";
import { addressIn, markdownToRich, plainToRich } from "./markdown.ts";
import { foundIn, linkModule, understand } from "./paste.ts";

const types = ["text", "link", "image"].map((type) => ({ type, version: 1 })) as unknown as ModuleType[];
const nothing = { own: "", html: "", text: "", files: [] };

/** Every link of a value, wherever it is. */
function linksIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(linksIn);
  if (typeof value !== "object" || value === null) return [];
  const own = value["type"] === "link" ? [String((value["attrs"] as JsonObject)["href"])] : [];
  return [...own, ...Object.values(value).flatMap(linksIn)];
}

/** Rich text of the closed schema whose links only lead where links may. */
function expectHarmless(doc: Json, what: string) {
  readRich(doc);
  for (const href of linksIn(doc)) expect(href, what).toMatch(/^(https?:|mailto:|tel:|page:|#|[^:]*$)/i);
  const shown = document.createElement("div");
  shown.append(DOMSerializer.fromSchema(richSchema).serializeFragment(readRich(doc).content));
  expect(shown.querySelector("script, style, iframe, object, embed, svg, math, form, input, img, video, link, meta, base, template"), what).toBeNull();
  for (const element of shown.querySelectorAll("*")) for (const { name, value } of element.attributes) {
    expect(["href", "title", "lang", "start"], `${what}: ${name}`).toContain(name);
    expect(value, what).not.toMatch(/^\s*(javascript|data|vbscript):/i);
  }
}

const html: Record<string, string> = {
  "a script": "<script>alert(1)</script><p>x</p>", "a script in SVG": "<svg><script>alert(1)</script></svg><p>x</p>", "a picture that fails": "<img src=x onerror=alert(1)>",
  "a link that runs": "<a href='javascript:alert(1)'>x</a>", "a link that hides it": "<a href=' java\nscript:alert(1)'>x</a>", "a link with a tab in it": "<a href='java\tscript:alert(1)'>x</a>",
  "an entity in a link": "<a href='&#106;avascript:alert(1)'>x</a>", "a data link": "<a href='data:text/html,<script>alert(1)</script>'>x</a>", "a vbscript link": "<a href='VBSCRIPT:x'>x</a>",
  "a blob link": "<a href='blob:https://a.example/1'>x</a>", "a file link": "<a href='file:///etc/passwd'>x</a>", "a frame": "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "an object": "<object data='x.swf'></object><embed src=x>",
  "a style": "<style>*{display:none}</style><p style='position:fixed;inset:0;background:url(https://evil.example)'>x</p>", "handlers": "<p onclick=alert(1) onmouseover=alert(1) onfocus=alert(1) autofocus tabindex=1>x</p>",
  "mutation by MathML": "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "mutation by noscript": "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
  "mutation by a template": "<template><script>alert(1)</script></template><p>x</p>", "a form": "<form action='https://evil.example'><input name=a><button formaction='javascript:alert(1)'>x</button></form>",
  "a base": "<base href='https://evil.example/'><a href='x'>x</a>", "a refresh": "<meta http-equiv=refresh content='0;url=https://evil.example'><p>x</p>", "a language that is none": "<p><span lang='\"><script>alert(1)</script>'>x</span></p>",
  "a title of a link": "<a href='https://a.example' title='&quot;><script>alert(1)</script>'>x</a>", "ids and names": "<p id=location name=body>x</p>", "a comment": "<!--><script>alert(1)</script>--><p>x</p>", "a foreign object": "<svg><foreignObject><body onload=alert(1)>x</body></foreignObject></svg>",
  "deep nesting": "<blockquote>".repeat(400) + "x", "deep lists": "<ul><li>".repeat(300) + "x", "a document": "<html><head><title>t</title></head><body onload=alert(1)><p>x</p></body></html>",
  "a start that is none": "<ol start='9e99'><li>x</li></ol>", "Word's own": "<p class=MsoNormal><!--[if gte mso 9]><xml></xml><![endif]--><o:p>x</o:p></p>",
};

describe.each(Object.entries(html))("hostile HTML: %s", (what, hostile) => {
  it("is harmless pasted as modules", async () => {
    const pasted = await understand({ ...nothing, html: hostile, text: "words" });
    expect(["pieces", "nothing"]).toContain(pasted.kind);
    for (const piece of piecesOf(hostile)) {
      if (piece.kind === "text") expectHarmless(piece.doc, what);
      else expect(pictureInText(piece.source, "a"), what).toBeNull();
    }
  });

  it("is harmless pasted into a text that is being edited", () => {
    const body = new DOMParser().parseFromString(hostile, "text/html").body;
    expectHarmless(writeRich(RichParser.fromSchema(richSchema).parse(body)), what);
  });

  it("is only words as Markdown and as plain text", () => {
    expectHarmless(markdownToRich(hostile), what);
    expectHarmless(plainToRich(hostile), what);
  });
});

describe("hostile Markdown and addresses", () => {
  it.each(["[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html;base64,PHNjcmlwdD4=)", "![x](javascript:alert(1))", "<https://a.example><script>", "[x](vbscript:x \"t\")", "[[[[[[[[[[[[x](a)", "`".repeat(5000), "*".repeat(5000), "> ".repeat(3000), "- ".repeat(2000) + "x", `${"  ".repeat(200)}- x`])("stays harmless: %.40s", (markdown) => {
    expectHarmless(markdownToRich(markdown), markdown.slice(0, 40));
  });

  it.each(["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a.example\njavascript:alert(1)", "blob:https://a.example/x", "https://", "ftp://a.example/x", "//a.example", `https://a.example/${"x".repeat(5000)}`])("is no address to make a card of: %.40s", (text) => {
    const address = addressIn(text);
    if (address !== null) for (const module of linkModule(types, address)) expect(module.props["url"]).toMatch(/^(https?:\/\/|mailto:|tel:)/);
    else expect(address).toBeNull();
  });
});

describe("what claims to be ACCID's own", () => {
  const wrap = (own: string) => `<div data-accid-clip="${own.replace(/&/g, "&amp;").replace(/"/g, "&quot;")}">x</div>`;
  it.each([
    ["no JSON", "{"], ["an array", "[]"], ["another version", '{"accid":2,"modules":[{"id":"a","type":"text","props":{}}]}'], ["a path as a kind", '{"accid":1,"modules":[{"id":"a","type":"../x","props":{}}]}'],
    ["markup as a kind", '{"accid":1,"modules":[{"id":"a","type":"<img>","props":{}}]}'], ["no props", '{"accid":1,"modules":[{"id":"a","type":"text"}]}'], ["an id that is none", '{"accid":1,"modules":[{"id":{},"type":"text","props":{}}]}'], ["too much", JSON.stringify({ accid: 1, modules: [], pad: "x".repeat(4_100_000) })],
  ])("is refused: %s", (_, own) => { expect(readClip(own)).toBeNull(); expect(clipInHtml(wrap(own))).toBeNull(); });

  it("gets fresh ids, keeps no field a module does not have, and pollutes no prototype", () => {
    const own = '{"accid":1,"project":"../..","modules":[{"id":"a","type":"text","props":{"__proto__":{"hurt":1}},"__proto__":{"hurt":1},"constructor":{"hurt":1},"onclick":"x","children":[{"id":"a","type":"text","props":{}}]}],"pictures":{"__proto__":"x"}}';
    const modules = readClip(own)?.modules ?? [];
    expect(Object.keys(modules[0] ?? {}).sort()).toEqual(["children", "id", "props", "type", "version"]);
    const [fresh] = freshModules(modules, []);
    expect(new Set([fresh?.id, fresh?.children?.[0]?.id, "a"]).size).toBe(3);
    expect(({} as Record<string, unknown>)["hurt"]).toBeUndefined();
    expect(photosOf(modules)).toEqual([]);
  });
});

describe("hostile files", () => {
  it("are only pictures, by what the browser says they are", () => {
    const file = (name: string, type: string) => new File(["<svg onload=alert(1)>"], name, { type });
    const all = [file("a.html", "text/html"), file("a.png.exe", "application/x-msdownload"), file("a.png", "image/png"), file("b", "")];
    const data = { files: all, getData: (type: string) => (type === ownType ? "" : "") } as unknown as DataTransfer;
    expect(foundIn(data).files.map((one) => one.name)).toEqual(["a.png"]);
  });

  it.each(["data:image/svg+xml;base64,PHN2Zz4=", "data:text/html;base64,PHN2Zz4=", "data:image/png,raw", "data:image/png;base64,%%%", "https://a.example/a.png", "javascript:alert(1)", "blob:x", "DATA:IMAGE/SVG+XML;base64,PHN2Zz4="])("are not taken out of a text: %s", (source) => { expect(pictureInText(source, "a")).toBeNull(); });
});
