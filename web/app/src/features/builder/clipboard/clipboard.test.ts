// What is copied comes back as it was; what comes from elsewhere becomes harmless modules.
import type { Json, JsonObject, ModuleDocument, ModuleType } from "@accid/api-client/types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRich } from "../../../shared/rich/richSchema.ts";
import { flatten } from "../model/tree.ts";
import { clipInHtml, clipToHtml, clipToText, freshModules, ownType, photosOf, readClip, replacePhotos, writeClip, type Clip } from "./format.ts";
import { pictureInText, piecesOf } from "./html.ts";
import { addressIn, isMarkdown, markdownToRich, plainToRich } from "./markdown.ts";
import { linkModule, understand } from "./paste.ts";

const clip = (modules: ModuleDocument[]): Clip => ({ project: "p", page: "q", modules, pictures: { one: "boat.jpg" } });
const text: fc.Arbitrary<Json> = fc.string().map((value) => value.replaceAll("\u0000", ""));
const { tree } = fc.letrec<{ tree: ModuleDocument }>((tie) => ({
  tree: fc.record({
    id: fc.uuid(), type: fc.constantFrom("text", "hero", "section", "row", "of-a-newer-accid"), version: fc.integer({ min: 1, max: 9 }), props: fc.dictionary(fc.constantFrom("title", "photo", "items", "doc"), text),
    children: fc.oneof({ depthSize: "small", withCrossShrink: true }, fc.constant([]), fc.array(tie("tree") as fc.Arbitrary<ModuleDocument>, { maxLength: 3 })),
  }).map(({ children, ...rest }) => ({ ...rest, ...(children.length > 0 ? { children } : {}) }) as ModuleDocument),
}));

describe("ACCID's own format", () => {
  it("comes back as it was, alone and inside HTML", () => {
    fc.assert(fc.property(fc.array(tree, { minLength: 1, maxLength: 3 }), (modules) => {
      expect(readClip(writeClip(clip(modules)))).toEqual(clip(modules));
      expect(clipInHtml(clipToHtml(clip(modules)))).toEqual(clip(modules));
      expect(typeof clipToText(clip(modules))).toBe("string");
    }), { numRuns: 60 });
  });

  it("gets ids of its own, and only anchors that are free", () => {
    fc.assert(fc.property(fc.array(tree, { minLength: 1, maxLength: 3 }), (modules) => {
      const fresh = freshModules(modules, modules);
      const ids = [...flatten(modules), ...flatten(fresh)].map((row) => row.module.id);
      expect(new Set(flatten(fresh).map((row) => row.module.id)).size).toBe(flatten(fresh).length);
      expect(new Set(ids).size).toBe(new Set(flatten(modules).map((row) => row.module.id)).size + flatten(fresh).length);
    }), { numRuns: 60 });
    const anchored: ModuleDocument = { id: "a", type: "text", version: 1, props: {}, anchor: "here" };
    expect(freshModules([anchored], [])[0]?.anchor).toBe("here");
    expect(freshModules([anchored], [anchored])[0]?.anchor).toBeUndefined();
  });

  it("is refused when it is none, and keeps nothing a module does not have", () => {
    for (const hostile of ["", "{}", "null", "[]", '{"accid":1}', '{"accid":1,"modules":[]}', '{"accid":2,"modules":[{"id":"a","type":"text","props":{}}]}', '{"accid":1,"modules":[{"id":"a","type":"../../etc","props":{}}]}', '{"accid":1,"modules":[{"id":"a","type":"text","props":[]}]}', "x".repeat(5_000_000)]) expect(readClip(hostile)).toBeNull();
    const read = readClip('{"accid":1,"modules":[{"id":"a","type":"text","props":{},"__proto__":{"polluted":1},"onload":"x"}],"pictures":{"__proto__":5}}');
    expect(Object.keys(read?.modules[0] ?? {})).toEqual(["id", "type", "version", "props"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    let deep = '{"id":"a","type":"section","props":{}}';
    for (let depth = 0; depth < 60; depth += 1) deep = `{"id":"a","type":"section","props":{},"children":[${deep}]}`;
    expect(flatten(readClip(`{"accid":1,"modules":[${deep}]}`)?.modules ?? []).length).toBeLessThan(20);
    fc.assert(fc.property(fc.string(), (some) => { readClip(some); clipInHtml(`<p data-accid-clip="${some}">`); }));
  });

  it("names its pictures, wherever they are", () => {
    const module: ModuleDocument = { id: "a", type: "gallery", version: 1, props: { items: [{ image: { photo: "one" } }, { image: { photo: "" } }] }, children: [{ id: "b", type: "image", version: 1, props: { image: { photo: "two" } } }] };
    expect(photosOf([module])).toEqual(["one", "two"]);
    expect(photosOf(replacePhotos([module] as unknown as Json, (id) => (id === "one" ? "new" : "")) as unknown as ModuleDocument[])).toEqual(["new"]);
  });
});

/** All links of a text, wherever they are. */
function linksIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(linksIn);
  if (typeof value !== "object" || value === null) return [];
  const own = value["type"] === "link" ? [String((value["attrs"] as JsonObject)["href"])] : [];
  return [...own, ...Object.values(value).flatMap(linksIn)];
}
const isSafe = (doc: Json) => { readRich(doc); return linksIn(doc).every((href) => /^(https?:|mailto:|tel:|page:|#|[^:]*$)/i.test(href)); };

describe("Markdown and plain text", () => {
  it("become rich text of the closed schema, whatever is written", () => {
    const some = fc.oneof(fc.string(), fc.array(fc.constantFrom("# ", "- ", "1. ", "> ", "```", "**", "_", "`", "[a](", "javascript:alert(1)", "https://a.example", ")", "\n", "\n\n", "  ", "\\", "---", "<script>alert(1)</script>", "words", "~~", "    - ", "\r\n")).map((parts) => parts.join("")));
    fc.assert(fc.property(some, (markdown) => { expect(isSafe(markdownToRich(markdown))).toBe(true); expect(isSafe(plainToRich(markdown))).toBe(true); }), { numRuns: 400 });
  });

  it("is read as people write it", () => {
    const doc = markdownToRich("# Title\n\nSome **bold** and _leaning_ `code`, [a link](https://a.example).\n\n- one\n- two\n  - deeper\n\n3. three\n\n> said\n\n```\nlet x\n```\n---") as JsonObject;
    expect((doc["content"] as JsonObject[]).map((block) => block["type"])).toEqual(["heading", "paragraph", "bulletList", "orderedList", "blockquote", "codeBlock", "horizontalRule"]);
    expect(JSON.stringify(doc)).toContain('"attrs":{"start":3}');
    expect(linksIn(doc)).toEqual(["https://a.example"]);
    expect(linksIn(markdownToRich("[x](javascript:alert(1))"))).toEqual([]);
    expect(JSON.stringify(plainToRich("one\ntwo\n\nthree"))).toContain("hardBreak");
    expect([isMarkdown("plain words. 5 * 3 * 2"), isMarkdown("- a list")]).toEqual([false, true]);
    expect([addressIn(" https://a.example/b "), addressIn("https://a.example and more"), addressIn("javascript:alert(1)")]).toEqual(["https://a.example/b", null, null]);
  });
});

describe("foreign HTML", () => {
  it("becomes texts and pictures in their order", () => {
    const pieces = piecesOf('<h1>Title</h1><p>Before <img src="data:image/png;base64,AAAA" alt="A boat"> after</p><ul><li>one</li></ul>');
    expect(pieces.map((piece) => piece.kind)).toEqual(["text", "picture", "text"]);
    expect(JSON.stringify(pieces[0])).toContain('"level":2');
    expect(JSON.stringify(pieces[2])).toContain("bulletList");
    expect(pictureInText("data:image/png;base64,AAAA", "a")?.name).toBe("a.png");
    for (const source of ["https://a.example/b.png", "data:image/svg+xml;base64,AAAA", "data:text/html,x", "data:image/png;base64,%%"]) expect(pictureInText(source, "a")).toBeNull();
  });

  it("stays harmless, however hostile", () => {
    for (const hostile of [
      "<script>alert(1)</script>", '<img src=x onerror="alert(1)">', '<a href="javascript:alert(1)">x</a>', '<a href=" java\nscript:alert(1)">x</a>', "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
      "<style>*{display:none}</style><p>x</p>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", '<p onclick="alert(1)" style="background:url(https://evil.example)">x</p>',
      "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<form action='https://evil.example'><input name=a><button>x</button></form>", "<a href='data:text/html,<script>alert(1)</script>'>x</a>", "<a href='vbscript:x'>x</a>",
    ]) {
      for (const piece of piecesOf(hostile)) {
        if (piece.kind === "text") expect(isSafe(piece.doc), hostile).toBe(true);
        else expect(pictureInText(piece.source, "a"), hostile).toBeNull();
        expect(JSON.stringify(piece), hostile).not.toMatch(/alert|onclick|evil\.example|vbscript/);
      }
    }
    const tags = fc.array(fc.constantFrom("<p>", "</p>", "<ul>", "<li>", "</ul>", "<h2>", "<b>", "<a href='javascript:x'>", "<a href='https://a.example'>", "</a>", "<blockquote>", "<pre>", "<img src='a'>", "<table><tr><td>", "<hr>", "<br>", "words", "<script>", "</script>", "<!--", "-->", "<ol start='x'>"));
    fc.assert(fc.property(tags, (parts) => { for (const piece of piecesOf(parts.join(""))) if (piece.kind === "text") expect(isSafe(piece.doc)).toBe(true); }), { numRuns: 200 });
  });
});

describe("what is meant", () => {
  const types = ["text", "link", "image"].map((type) => ({ type, version: 1 })) as unknown as ModuleType[];
  const nothing = { own: "", html: "", text: "", files: [] };
  it("is ACCID's own first, then an address, pictures, HTML, Markdown, text", async () => {
    const own = clip([{ id: "a", type: "text", version: 1, props: {} }]);
    expect(ownType.startsWith("web ")).toBe(true);
    expect((await understand({ ...nothing, own: writeClip(own), text: "words" })).kind).toBe("clip");
    expect((await understand({ ...nothing, html: clipToHtml(own), text: "words" })).kind).toBe("clip");
    expect(await understand({ ...nothing, text: "https://a.example/" })).toEqual({ kind: "address", address: "https://a.example/" });
    expect((await understand({ ...nothing, html: "<img src='https://a.example/b.png'>", files: [new File(["x"], "a.png", { type: "image/png" })] })).kind).toBe("files");
    expect(JSON.stringify(await understand({ ...nothing, html: "<meta charset='utf-8'><span># Title</span>", text: "# Title\n\nWords" }))).toContain("heading");
    expect(JSON.stringify(await understand({ ...nothing, html: "<p>Some <b>bold</b> words</p>", text: "Some bold words" }))).toContain("bold");
    expect((await understand(nothing)).kind).toBe("nothing");
    expect(linkModule(types, "https://www.a.example/b%20c")[0]?.props["title"]).toBe("a.example/b c");
  });
});
