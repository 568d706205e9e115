// Foreign HTML into ACCID's own: texts and pictures in their order. Read in a document without scripts or network, taken
// through the closed schema of rich text; nothing else gets out of it.
import { DOMParser as RichParser } from "prosemirror-model";
import type { Json } from "@accid/api-client/types";
import { richSchema, writeRich } from "../../../shared/rich/richSchema.ts";

export type Piece = { kind: "text"; doc: Json } | { kind: "picture"; source: string; alt: string };

const never = "script, style, template, noscript, iframe, object, embed, svg, math, head, title, meta, link, base, form, input, select, textarea, button, audio, video, canvas, [hidden], [aria-hidden=true]";
const parser = RichParser.fromSchema(richSchema);

/** Whether there is anything to read in it. */
const isEmptyText = (doc: Json): boolean => !JSON.stringify(doc).includes('"text":') && !JSON.stringify(doc).includes("horizontalRule");

/** Cuts a tree in two before and behind an element: what stands before it, and what stands behind it. */
function cutAt(root: HTMLElement, element: Element): HTMLElement {
  const range = root.ownerDocument.createRange();
  range.setStart(root, 0);
  range.setEndBefore(element);
  const before = root.ownerDocument.createElement("div");
  before.append(range.extractContents());
  element.remove();
  return before;
}

export function piecesOf(html: string): Piece[] {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  body.querySelectorAll(never).forEach((element) => element.remove());
  const pieces: Piece[] = [];
  const text = (element: HTMLElement) => {
    if (!element.textContent?.trim() && !element.querySelector("hr")) return;
    const node = parser.parse(element);
    const doc = writeRich(node);
    if (!isEmptyText(doc)) pieces.push({ kind: "text", doc });
  };
  for (let picture = body.querySelector("img"); picture; picture = body.querySelector("img")) {
    const { src, alt } = { src: picture.getAttribute("src") ?? "", alt: picture.getAttribute("alt") ?? "" };
    text(cutAt(body, picture));
    if (src) pieces.push({ kind: "picture", source: src, alt: alt.slice(0, 500) });
  }
  text(body);
  return pieces;
}

/** A picture that lies in the text itself; null when it lies elsewhere, or is none that can be kept. */
export function pictureInText(source: string, name: string): File | null {
  const match = /^data:image\/(png|jpeg|webp|gif|avif);base64,([a-z0-9+/=\s]+)$/i.exec(source);
  if (!match) return null;
  try {
    const bytes = Uint8Array.from(atob((match[2] ?? "").replace(/\s/g, "")), (sign) => sign.charCodeAt(0));
    const type = (match[1] ?? "png").toLowerCase();
    return bytes.length > 0 ? new File([bytes], `${name}.${type === "jpeg" ? "jpg" : type}`, { type: `image/${type}` }) : null;
  } catch {
    return null;
  }
}
