// Where modules stand on the canvas, and where something would land. Reads the marks that ACCID's renderer leaves in
// the canvas's document; knows nothing of React.
import type { ModuleDocument } from "@accid/api-client/types";
import type { DropTarget, Line } from "../model/session.ts";
import { outermost } from "../model/many.ts";
import { findModule, placeOf, type Place } from "../model/tree.ts";

export type Box = Line;

export const moduleMark = "data-accid-id";
export const slotMark = "data-accid-slot";

export function elementOf(document: Document, id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[${moduleMark}="${CSS.escape(id)}"]`);
}

export function moduleIdAt(target: EventTarget | null): string | null {
  const element = target as Partial<Element> | null;
  return element?.closest?.(`[${moduleMark}]`)?.getAttribute(moduleMark) ?? null;
}

export function boxOf(element: Element): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}

function childrenOf(slot: Element): HTMLElement[] {
  const all = [...slot.querySelectorAll<HTMLElement>(`[${moduleMark}]`)];
  return all.filter((child) => child.parentElement?.closest(`[${slotMark}]`) === slot && child.getClientRects().length > 0);
}

function isSideBySide(boxes: Box[]): boolean {
  const [first, second] = boxes;
  return !!first && !!second && second.top < first.top + first.height / 2 && second.left >= first.left + first.width / 2;
}

const edge = 10;

/** The slot under a point. Near the edge of a container one means the place beside it, not in it. */
function slotAt(document: Document, x: number, y: number, avoid: readonly Element[]): Element | null {
  let element: Element | null = document.elementFromPoint(x, y);
  for (let around = avoid.find((one) => one.contains(element)); around; around = avoid.find((one) => one.contains(element))) element = around.parentElement;
  let slot = element?.closest(`[${slotMark}]`) ?? null;
  // Over a container's own padding: what is meant is its inside.
  const module = element?.closest(`[${moduleMark}]`);
  const inner = module?.querySelector(`[${slotMark}="${CSS.escape(module.getAttribute(moduleMark) ?? "")}"]`);
  if (module && inner && module.contains(inner) && !slot?.isSameNode(inner) && !inner.contains(element) && module.contains(element)) slot = inner;
  while (slot && slot.getAttribute(slotMark) !== "page") {
    const owner = slot.closest(`[${moduleMark}]`);
    const box = owner?.getBoundingClientRect();
    const tall = box && box.height > edge * 4;
    if (!box || !tall || (y - box.top > edge && box.bottom - y > edge)) break;
    slot = owner?.parentElement?.closest(`[${slotMark}]`) ?? null;
  }
  return slot ?? document.querySelector(`[${slotMark}="page"]`);
}

/** Where something would land if it were dropped at a point; null when it cannot land there. */
export function findDrop(document: Document, modules: ModuleDocument[], x: number, y: number, moving: readonly string[] = []): DropTarget | null {
  const avoid = moving.flatMap((id) => elementOf(document, id) ?? []);
  const slot = slotAt(document, x, y, avoid);
  if (!slot) return null;
  const name = slot.getAttribute(slotMark);
  const parent = name === "page" ? null : name;
  if (parent !== null && findModule(outermost(modules, moving), parent)) return null;
  const children = childrenOf(slot);
  const boxes = children.map(boxOf);
  const row = isSideBySide(boxes);
  const isBefore = (box: Box) => (row ? y < box.top || (x < box.left + box.width / 2 && y < box.top + box.height) : y < box.top + box.height / 2);
  let at = boxes.findIndex(isBefore);
  if (at === -1) at = boxes.length;
  return { place: placeAt(children, at, modules, parent), line: lineAt(boxOf(slot), boxes, at, row), row: null };
}

/** Modules that are not shown have no element, so the place is counted from the neighbour that has one. */
function placeAt(children: HTMLElement[], at: number, modules: ModuleDocument[], parent: string | null): Place {
  const next = children[at]?.getAttribute(moduleMark);
  const previous = children[at - 1]?.getAttribute(moduleMark);
  if (next) return { parent, index: placeOf(modules, next)?.index ?? at };
  if (previous) return { parent, index: (placeOf(modules, previous)?.index ?? at - 1) + 1 };
  return { parent, index: 0 };
}

function lineAt(slot: Box, boxes: Box[], at: number, row: boolean): Box {
  const previous = boxes[at - 1];
  const next = boxes[at];
  const beside = next ?? previous;
  if (!beside) return { ...slot, height: Math.max(slot.height, 3) };
  if (row) {
    // Between two that stand beside each other; where a line breaks, before the first of the next one.
    const left = next && previous && next.left >= previous.left + previous.width ? (previous.left + previous.width + next.left) / 2 : next ? next.left : beside.left + beside.width;
    return { left: left - 1.5, top: beside.top, width: 3, height: beside.height };
  }
  const top = next && previous ? (previous.top + previous.height + next.top) / 2 : next ? next.top : beside.top + beside.height;
  return { left: beside.left, top: top - 1.5, width: beside.width, height: 3 };
}
