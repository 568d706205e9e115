// Marks the words that differ inside a rendered page, without touching its elements (CSS Custom Highlight API). Where a
// browser knows no such highlights the list of differences says the same.
import { differingStretches, type Part, type Stretch } from "./words.ts";

const inside = (root: Element, node: Node) => node.parentElement?.closest("[data-accid-id]") === root;

/** The texts of a module, without those of the modules in it. */
export function textNodes(document: Document, id: string): Text[] {
  const root = document.querySelector(`[data-accid-id="${CSS.escape(id)}"]`);
  if (!root) return [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (inside(root, node) && !node.parentElement?.closest("script, style, noscript")) nodes.push(node as Text);
  }
  return nodes;
}

export const textOf = (nodes: Text[]) => nodes.map((node) => node.data).join("\u2028");

/** The stretches of the joined text as ranges in its nodes. */
export function rangesOf(nodes: Text[], stretches: Stretch[]): Range[] {
  const ranges: Range[] = [];
  let begin = 0;
  for (const node of nodes) {
    const end = begin + node.data.length;
    for (const { from, to } of stretches) {
      const [first, last] = [Math.max(from, begin), Math.min(to, end)];
      if (first >= last) continue;
      const range = node.ownerDocument.createRange();
      range.setStart(node, first - begin);
      range.setEnd(node, last - begin);
      ranges.push(range);
    }
    begin = end + 1;
  }
  return ranges;
}

type View = Window & { Highlight?: new (...ranges: Range[]) => unknown; CSS?: { highlights?: Map<string, unknown> }; CSSStyleSheet?: typeof CSSStyleSheet };
const rules: Record<"removed" | "added", string> = {
  removed: "::highlight(accid-words) { background: #fbd0cb; color: #5c0f08; text-decoration: line-through 2px #b91c1c; }",
  added: "::highlight(accid-words) { background: #c8efd3; color: #06371a; text-decoration: underline 2px #15803d; }",
};
const styled = new WeakSet<Document>();

/** Marks in one side's page what differs there. */
export function markWords(document: Document, kind: "removed" | "added", modules: { id: string; parts: Part[] }[]) {
  const view = document.defaultView as View | null;
  if (!view?.Highlight || !view.CSS?.highlights || !view.CSSStyleSheet) return;
  if (!styled.has(document)) {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(rules[kind]);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    styled.add(document);
  }
  const ranges = modules.flatMap(({ id, parts }) => rangesOf(textNodes(document, id), differingStretches(parts, kind)));
  view.CSS.highlights.set("accid-words", new view.Highlight(...ranges));
}
