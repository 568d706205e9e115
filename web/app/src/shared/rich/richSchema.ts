// The closed schema of rich text, in the names that ACCID's renderer knows. What it does not know cannot be pasted in.
import { Schema, type DOMOutputSpec, type Mark, type Node } from "prosemirror-model";
import type { Json } from "@accid/api-client/types";

const safeLink = /^(https?:|mailto:|tel:|page:|#|[^:]*$)/i;

/** A language as HTML names it, such as `de` or `pt-BR`. */
export const languageTag = /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i;

export const richSchema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: { group: "block", content: "inline*", parseDOM: [{ tag: "p" }], toDOM: () => ["p", 0] },
    heading: {
      group: "block", content: "inline*", defining: true, attrs: { level: { default: 2 } },
      parseDOM: [{ tag: "h1", attrs: { level: 2 } }, ...[2, 3, 4].map((level) => ({ tag: `h${level}`, attrs: { level } })), { tag: "h5", attrs: { level: 4 } }, { tag: "h6", attrs: { level: 4 } }],
      toDOM: (node) => [`h${Number(node.attrs["level"])}`, 0],
    },
    bulletList: { group: "block", content: "listItem+", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
    orderedList: {
      group: "block", content: "listItem+", attrs: { start: { default: 1 } },
      parseDOM: [{ tag: "ol", getAttrs: (dom) => ({ start: Number(dom.getAttribute("start") ?? 1) || 1 }) }],
      toDOM: (node) => (node.attrs["start"] === 1 ? ["ol", 0] : ["ol", { start: String(node.attrs["start"]) }, 0]),
    },
    listItem: { content: "paragraph block*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => ["li", 0] },
    blockquote: { group: "block", content: "block+", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
    codeBlock: { group: "block", content: "text*", marks: "", code: true, defining: true, parseDOM: [{ tag: "pre", preserveWhitespace: "full" }], toDOM: () => ["pre", ["code", 0]] },
    horizontalRule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
    text: { group: "inline" },
    hardBreak: { group: "inline", inline: true, selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
  },
  marks: {
    link: {
      attrs: { href: {}, title: { default: null } }, inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (dom) => { const href = dom.getAttribute("href") ?? ""; return safeLink.test(href) ? { href, title: dom.getAttribute("title") } : false; } }],
      toDOM: (mark): DOMOutputSpec => ["a", { href: String(mark.attrs["href"]), ...(mark.attrs["title"] ? { title: String(mark.attrs["title"]) } : {}) }, 0],
    },
    bold: { parseDOM: [{ tag: "strong" }, { tag: "b", getAttrs: (dom) => dom.style.fontWeight !== "normal" && null }, { style: "font-weight", getAttrs: (value) => /^(bold(er)?|[6-9]\d{2})$/.test(value) && null }], toDOM: () => ["strong", 0] },
    italic: { parseDOM: [{ tag: "i" }, { tag: "em" }, { style: "font-style=italic" }], toDOM: () => ["em", 0] },
    underline: { parseDOM: [{ tag: "u" }], toDOM: () => ["u", 0] },
    strike: { parseDOM: [{ tag: "s" }, { tag: "del" }, { style: "text-decoration=line-through" }], toDOM: () => ["s", 0] },
    code: { code: true, parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
    lang: { attrs: { lang: {} }, parseDOM: [{ tag: "span[lang]", getAttrs: (dom) => { const lang = dom.getAttribute("lang") ?? ""; return languageTag.test(lang) ? { lang } : false; } }], toDOM: (mark) => ["span", { lang: String(mark.attrs["lang"]) }, 0] },
  },
});

/** Reads stored rich text. Throws when it holds what this schema does not know, which editing would lose. */
export function readRich(value: Json | undefined): Node {
  const isEmpty = typeof value !== "object" || value === null || Array.isArray(value) || !Array.isArray(value["content"]) || value["content"].length === 0;
  if (isEmpty) return richSchema.node("doc", null, [richSchema.node("paragraph")]);
  const node = richSchema.nodeFromJSON(value);
  node.check();
  return node;
}

function attrsWorthKeeping(attrs: Record<string, unknown> | undefined, defaults: Record<string, unknown>): Record<string, Json> | undefined {
  const kept = Object.entries(attrs ?? {}).filter(([name, value]) => value !== null && value !== defaults[name]);
  return kept.length > 0 ? (Object.fromEntries(kept) as Record<string, Json>) : undefined;
}

const writeMark = (mark: Mark): Json => {
  const attrs = attrsWorthKeeping(mark.attrs, {});
  return { type: mark.type.name, ...(attrs ? { attrs } : {}) };
};

/** Writes rich text as it is stored: without attributes that are the default. */
export function writeRich(node: Node): Json {
  if (node.isText) return { type: "text", ...(node.marks.length > 0 ? { marks: node.marks.map(writeMark) } : {}), text: node.text ?? "" };
  const attrs = attrsWorthKeeping(node.attrs, node.type.name === "orderedList" ? { start: 1 } : {});
  const content: Json[] = [];
  node.forEach((child) => content.push(writeRich(child)));
  return { type: node.type.name, ...(attrs ? { attrs } : {}), ...(content.length > 0 || node.type.name === "doc" ? { content } : {}) };
}
