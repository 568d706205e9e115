// Plain text that people paste: told apart (an address, Markdown, just text) and read into ACCID's rich text. Pure; what
// comes out knows no HTML, so nothing hostile can be in it.
import type { Json, JsonObject } from "@accid/api-client/types";

const safeLink = /^(https?:|mailto:|tel:|#|[^:]*$)/i;
const address = /^(https?:\/\/|mailto:|tel:)\S+$/i;

/** The one address that a text is; null when it is anything else. */
export function addressIn(text: string): string | null {
  const trimmed = text.trim();
  return address.test(trimmed) && trimmed.length < 2000 ? trimmed : null;
}

const signs = [/^#{1,6}\s+\S/m, /^\s*[-*+]\s+\S/m, /^\s*\d+[.)]\s+\S/m, /^>\s?\S/m, /^(```|~~~)/m, /\[[^\]\n]+\]\([^)\s]+\)/, /\*\*[^*\n]+\*\*/, /(^|\s)_[^_\n]+_(\s|$)/m, /`[^`\n]+`/, /^(-{3,}|\*{3,})$/m];
/** Whether a text looks like Markdown. */
export const isMarkdown = (text: string) => signs.some((sign) => sign.test(text));

const textNode = (text: string, marks: Json[]): Json => ({ type: "text", ...(marks.length > 0 ? { marks } : {}), text });
const inlineSigns = /(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)|\*\*(?=\S)([\s\S]*?\S)\*\*|__(?=\S)([\s\S]*?\S)__|~~(?=\S)([\s\S]*?\S)~~|\*(?=[^\s*])([^*]*?[^\s*])\*|(?<![\w])_(?=[^\s_])([^_]*?[^\s_])_(?![\w])|!?\[([^\]\n]*)\]\(<?([^)\s>]*)>?(?:\s+"[^"\n]*")?\)|\\([\\`*_{}[\]()#+\-.!~>])/;

const byKind = (marks: Json[], mark: JsonObject) => (marks.some((one) => (one as JsonObject)["type"] === mark["type"]) ? marks : [...marks, mark]);

/** Emphasis, code and links of one run of text; what is not one of them stays as it is written. */
export function inline(text: string, marks: Json[] = [], depth = 0): Json[] {
  const match = depth > 8 ? null : inlineSigns.exec(text);
  if (!match) return text ? [textNode(text, marks)] : [];
  const [whole, , code, bold, bold2, strike, italic, italic2, label, href, escaped] = match;
  const before = text.slice(0, match.index);
  const rest = inline(text.slice(match.index + whole.length), marks, depth);
  const inside = (words: string, type: string) => inline(words, byKind(marks, { type }), depth + 1);
  let middle: Json[];
  if (code !== undefined) middle = [textNode(code, byKind(marks, { type: "code" }))];
  else if (bold ?? bold2) middle = inside(bold ?? bold2 ?? "", "bold");
  else if (strike) middle = inside(strike, "strike");
  else if (italic ?? italic2) middle = inside(italic ?? italic2 ?? "", "italic");
  else if (escaped) middle = [textNode(escaped, marks)];
  else if (href !== undefined) middle = inline(label || href, href && safeLink.test(href) && !whole.startsWith("!") ? byKind(marks, { type: "link", attrs: { href } }) : marks, depth + 1);
  else middle = [textNode(whole, marks)];
  return [...(before ? [textNode(before, marks)] : []), ...middle, ...rest];
}

/** A paragraph; a line that ends with two blanks or a backslash is broken there. */
function paragraph(lines: string[]): Json {
  const content = lines.flatMap((line, index) => {
    const breaks = index < lines.length - 1 && /( {2,}|\\)$/.test(line);
    const words = inline(line.replace(/( {2,}|\\)$/, "").trim());
    if (index === lines.length - 1) return words;
    return breaks ? [...words, { type: "hardBreak" } as Json] : [...words, textNode(" ", [])];
  });
  return { type: "paragraph", ...(content.length > 0 ? { content } : {}) };
}

const item = /^(\s*)(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/;

/** A list and the lines it takes; deeper ones nest. */
function list(lines: string[], from: number, indent: number, depth: number): { node: Json; next: number } {
  const first = item.exec(lines[from] ?? "");
  const ordered = first?.[2] !== undefined;
  const items: Json[] = [];
  let at = from;
  while (at < lines.length) {
    const match = item.exec(lines[at] ?? "");
    if (!match || (match[1]?.length ?? 0) < indent || (match[2] !== undefined) !== ordered) break;
    const own = match[1]?.length ?? 0;
    if (own > indent + 1) {
      if (depth > 6) break;
      const inner = list(lines, at, own, depth + 1);
      const last = items[items.length - 1] as JsonObject | undefined;
      if (!last) items.push({ type: "listItem", content: [{ type: "paragraph" }, inner.node] });
      else last["content"] = [...(last["content"] as Json[]), inner.node];
      at = inner.next;
      continue;
    }
    items.push({ type: "listItem", content: [paragraph([match[3] ?? ""])] });
    at += 1;
  }
  const start = Number(first?.[2] ?? 1);
  return { node: { type: ordered ? "orderedList" : "bulletList", ...(ordered && start !== 1 ? { attrs: { start } } : {}), content: items }, next: Math.max(at, from + 1) };
}

function blocks(lines: string[], depth: number): Json[] {
  const out: Json[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const fence = /^\s*(```+|~~~+)/.exec(line)?.[1];
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    if (!line.trim()) { at += 1; continue; }
    if (fence) {
      const end = lines.findIndex((one, index) => index > at && one.trim().startsWith(fence));
      const code = lines.slice(at + 1, end === -1 ? lines.length : end).join("\n");
      out.push({ type: "codeBlock", ...(code ? { content: [textNode(code, [])] } : {}) });
      at = end === -1 ? lines.length : end + 1;
    } else if (heading) {
      const content = inline(heading[2] ?? "");
      out.push({ type: "heading", attrs: { level: Math.min(4, Math.max(2, heading[1]?.length ?? 2)) }, ...(content.length > 0 ? { content } : {}) });
      at += 1;
    } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) { out.push({ type: "horizontalRule" }); at += 1; }
    else if (/^\s*>/.test(line) && depth < 6) {
      const end = lines.findIndex((one, index) => index > at && !/^\s*>/.test(one));
      const quoted = lines.slice(at, end === -1 ? lines.length : end);
      const inside = blocks(quoted.map((one) => one.replace(/^\s*>\s?/, "")), depth + 1);
      out.push({ type: "blockquote", content: inside.length > 0 ? inside : [{ type: "paragraph" }] });
      at += quoted.length;
    } else if (item.test(line)) {
      const { node, next } = list(lines, at, item.exec(line)?.[1]?.length ?? 0, 0);
      out.push(node);
      at = next;
    } else {
      const end = lines.findIndex((one, index) => index > at && (!one.trim() || /^(#{1,6}\s|\s*```|\s*~~~|\s*>)/.test(one) || item.test(one)));
      const own = lines.slice(at, end === -1 ? lines.length : end);
      out.push(paragraph(own));
      at += own.length;
    }
  }
  return out;
}

const linesOf = (text: string) => text.replace(/\r\n?/g, "\n").replaceAll("\u0000", "").split("\n");
const doc = (content: Json[]): Json => ({ type: "doc", content: content.length > 0 ? content : [{ type: "paragraph" }] });

export const markdownToRich = (text: string): Json => doc(blocks(linesOf(text), 0));

/** Text as it is: an empty line begins a paragraph, a single end of a line is a break. */
export function plainToRich(text: string): Json {
  const paragraphs = linesOf(text).join("\n").split(/\n[ \t]*\n+/).map((one) => one.replace(/^\n+|\n+$/g, "")).filter((one) => one.trim());
  return doc(paragraphs.map((one) => ({
    type: "paragraph", content: one.split("\n").flatMap((line, index): Json[] => [...(index > 0 ? [{ type: "hardBreak" } as Json] : []), ...(line ? [textNode(line, [])] : [])]),
  })));
}
