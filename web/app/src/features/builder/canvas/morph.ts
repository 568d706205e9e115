// Brings the canvas's document to what the renderer has just sent, touching only what differs: modules keep their
// elements wherever they go, and what is equal is left alone.
import type { Json, ModuleDocument, RenderView } from "@accid/api-client/types";
import { Idiomorph } from "idiomorph";
import { splitPointer } from "../model/patch.ts";
import { elementOf, moduleMark, slotMark } from "./geometry.ts";

/** The element somebody is typing in is left alone: what it shows is newer than any answer. */
const isBeingEdited = (node: Node) => node.nodeType === Node.ELEMENT_NODE && (node as Element).hasAttribute("contenteditable");

function beforeNodeMorphed(node: Node, next: Node): boolean {
  if (isBeingEdited(node) || node.isEqualNode(next)) return false;
  if (node.nodeType !== Node.ELEMENT_NODE || !(node as Element).hasAttribute(slotMark)) return true;
  morphSlot(node as Element, next as Element);
  return false;
}

const options = {
  morphStyle: "outerHTML" as const,
  callbacks: {
    beforeNodeMorphed,
    beforeNodeRemoved: (node: Node) => !isBeingEdited(node),
    // The canvas shows pictures at once; without this every patch would make them lazy again.
    beforeAttributeUpdated: (name: string) => name !== "loading",
  },
};

function takeAttributes(from: Element, into: Element) {
  for (const { name, value } of [...from.attributes]) if (into.getAttribute(name) !== value) into.setAttribute(name, value);
  for (const { name } of [...into.attributes]) if (!from.hasAttribute(name)) into.removeAttribute(name);
}

/** Moves a node without it losing its focus or its frames, where the browser can do that. */
function place(parent: Element & { moveBefore?: (node: Node, before: Node | null) => void }, node: Element, before: Node | null) {
  if (parent.moveBefore && node.isConnected) parent.moveBefore(node, before);
  else parent.insertBefore(node, before);
}

/** The modules of a slot, each with the element it already has; new ones are put in, and what is left over goes. */
function morphSlot(slot: Element, next: Element) {
  takeAttributes(next, slot);
  const document = slot.ownerDocument;
  const pairs: [Element, Element][] = [];
  const kept = new Set<Node>();
  let at: ChildNode | null = slot.firstChild;
  for (const wanted of [...next.childNodes]) {
    const id = wanted.nodeType === Node.ELEMENT_NODE ? (wanted as Element).getAttribute(moduleMark) : null;
    const here: HTMLElement | null = id === null ? null : moduleAt(at, id) ?? elementOf(document, id);
    if (here && !here.contains(slot)) {
      if (here === at) at = here.nextSibling;
      else place(slot, here, at);
      kept.add(here);
      pairs.push([here, wanted as Element]);
    } else if (at && at.nodeType === Node.TEXT_NODE && wanted.nodeType === Node.TEXT_NODE) {
      if (at.nodeValue !== wanted.nodeValue) at.nodeValue = wanted.nodeValue;
      kept.add(at);
      at = at.nextSibling;
    } else {
      kept.add(slot.insertBefore(document.importNode(wanted, true), at));
    }
  }
  const over = [...slot.childNodes].filter((node) => !kept.has(node));
  // A slot further in may take what is left over here.
  for (const [here, wanted] of pairs) if (beforeNodeMorphed(here, wanted)) Idiomorph.morph(here, wanted, options);
  for (const node of over) if (node.parentNode === slot) node.remove();
}

const moduleAt = (node: ChildNode | null, id: string): HTMLElement | null =>
  (node?.nodeType === Node.ELEMENT_NODE && (node as Element).getAttribute(moduleMark) === id ? (node as HTMLElement) : null);

function setStyle(document: Document, text: string) {
  let style = document.head.querySelector("style:not([data-accid-draft])");
  if (!style) {
    style = document.createElement("style");
    document.head.append(style);
  }
  if (style.textContent !== text) style.textContent = text;
}

const showPictures = (root: ParentNode) => { root.querySelectorAll("img[loading]").forEach((image) => image.setAttribute("loading", "eager")); };

export function morphPage(document: Document, html: string) {
  const next = new DOMParser().parseFromString(html, "text/html");
  next.querySelectorAll("script").forEach((script) => script.remove());
  document.querySelectorAll("body script").forEach((script) => script.remove());
  showPictures(next);
  if (document.title !== next.title) document.title = next.title;
  const root = document.documentElement;
  for (const { name, value } of [...next.documentElement.attributes]) if (root.getAttribute(name) !== value) root.setAttribute(name, value);
  setStyle(document, next.head.querySelector("style")?.textContent ?? "");
  if (!document.body.isEqualNode(next.body)) Idiomorph.morph(document.body, next.body, options);
}

/** Returns false when the module has no element yet, or none any more. */
export function morphModule(document: Document, id: string, { html, style }: RenderView): boolean {
  const element = elementOf(document, id);
  if (!element || html.trim() === "") return false;
  if (typeof style === "string") setStyle(document, style);
  const { content } = Object.assign(document.createElement("template"), { innerHTML: html });
  showPictures(content);
  // As it stands in its fragment: a list would be put into an element of the studio, which would fetch its pictures.
  const next = content.firstElementChild;
  if (!next) return false;
  Idiomorph.morph(element, next, options);
  return true;
}

const readText = (props: Json, name: string) => {
  const value = splitPointer(`/${name}`).reduce<Json | undefined>((at, part) => (at as Record<string, Json> | null | undefined)?.[part], props);
  return typeof value === "string" ? value : null;
};

/**
 * Shows changed plain texts of a module before the renderer has answered: only where the canvas shows a text as it was
 * stored, letter for letter. Returns whether something was changed; the renderer still has the last word.
 */
export function echoTexts(document: Document, before: ModuleDocument, after: ModuleDocument): boolean {
  const module = elementOf(document, after.id);
  if (!module || before.props === after.props) return false;
  let changed = false;
  for (const element of [module, ...module.querySelectorAll("[data-accid-prop]")]) {
    const name = element.getAttribute("data-accid-prop");
    if (name === null || element.childElementCount > 0 || element.closest("[contenteditable]") || element.closest(`[${moduleMark}]`) !== module) continue;
    const old = readText(before.props, name);
    const now = readText(after.props, name);
    if (old === now || !old?.trim() || !now?.trim() || now.includes("\n") || element.textContent.trim() !== old.trim()) continue;
    element.textContent = now;
    changed = true;
  }
  return changed;
}
