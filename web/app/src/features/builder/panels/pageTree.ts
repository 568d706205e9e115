// Pages as a tree: their order, and what has to change when one is moved. Pure. The entry page is always the first and
// holds no others.
import type { PageView } from "@accid/api-client/types";

export interface NestedPage { page: PageView; depth: number; parent: string | null; index: number; count: number }
export interface PagePlace { parent: string | null; /** The sibling it stands before; null at the end. */ before: string | null }
export interface PageMove { id: string; order: number; parent: string | null }
export type PageStep = "up" | "down" | "in" | "out";

export const isEntry = (page: PageView) => page.slug === "index";

function parentOf(pages: PageView[], page: PageView): string | null {
  return page.parent && pages.some((other) => other.id === page.parent) ? page.parent : null;
}

export function pagesUnder(pages: PageView[], parent: string | null): PageView[] {
  const rank = (page: PageView) => (isEntry(page) ? -1 : page.order ?? 0);
  return pages.filter((page) => parentOf(pages, page) === parent).sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title));
}

export function nestPages(pages: PageView[], parent: string | null = null, depth = 0): NestedPage[] {
  if (depth > 16) return [];
  const here = pagesUnder(pages, parent);
  return here.flatMap((page, index) => [{ page, depth, parent, index, count: here.length }, ...nestPages(pages, page.id, depth + 1)]);
}

/** Whether a page is another one or lies somewhere under it. */
export function isWithin(pages: PageView[], id: string | null, outer: string): boolean {
  for (let at = id, steps = 0; at !== null && steps <= pages.length; steps += 1) {
    if (at === outer) return true;
    const page = pages.find((one) => one.id === at);
    at = page ? parentOf(pages, page) : null;
  }
  return false;
}

/** The pages whose order or parent becomes another one; none when the place is impossible or the same. */
export function movePage(pages: PageView[], id: string, place: PagePlace): PageMove[] {
  const moved = pages.find((page) => page.id === id);
  const parent = pages.find((page) => page.id === place.parent);
  if (!moved || isEntry(moved) || place.before === id || (parent && isEntry(parent)) || isWithin(pages, place.parent, id)) return [];
  const rest = pagesUnder(pages, place.parent).filter((page) => page.id !== id);
  const at = place.before === null ? rest.length : rest.findIndex((page) => page.id === place.before);
  const first = rest[0] && isEntry(rest[0]) ? 1 : 0;
  if (at === -1) return [];
  rest.splice(Math.max(at, first), 0, moved);
  const ordered = rest.map((page, order): PageMove => ({ id: page.id, order, parent: place.parent }));
  const stays = pagesUnder(pages, place.parent).map((page) => page.id).join() === ordered.map((page) => page.id).join();
  return stays ? [] : ordered.filter((next) => {
    const now = pages.find((page) => page.id === next.id);
    return now && ((now.order ?? 0) !== next.order || parentOf(pages, now) !== next.parent);
  });
}

export const withMoves = (pages: PageView[], moves: PageMove[]): PageView[] =>
  pages.map((page) => { const move = moves.find((one) => one.id === page.id); return move ? { ...page, order: move.order, parent: move.parent } : page; });

/** Where a step leads; null when there is nothing that way. */
export function stepPage(pages: PageView[], id: string, step: PageStep): PagePlace | null {
  const page = pages.find((one) => one.id === id);
  if (!page || isEntry(page)) return null;
  const parent = parentOf(pages, page);
  const siblings = pagesUnder(pages, parent);
  const at = siblings.indexOf(page);
  const previous = siblings[at - 1];
  if (step === "up") return previous && !isEntry(previous) ? { parent, before: previous.id } : null;
  if (step === "down") return at < siblings.length - 1 ? { parent, before: siblings[at + 2]?.id ?? null } : null;
  if (step === "in") return previous && !isEntry(previous) ? { parent: previous.id, before: null } : null;
  const outer = pages.find((one) => one.id === parent);
  if (!outer) return null;
  const around = pagesUnder(pages, parentOf(pages, outer));
  return { parent: parentOf(pages, outer), before: around[around.indexOf(outer) + 1]?.id ?? null };
}

export type RowPart = "before" | "inside" | "after";

/** What dropping on a part of a page's row means; after a page with pages under it means before the first of them. */
export function placeAtRow(pages: PageView[], row: string, part: RowPart): PagePlace | null {
  const page = pages.find((one) => one.id === row);
  if (!page || (isEntry(page) && part !== "after")) return null;
  const parent = parentOf(pages, page);
  if (part === "before") return { parent, before: row };
  if (part === "inside") return { parent: row, before: null };
  const under = pagesUnder(pages, row);
  if (under[0]) return { parent: row, before: under[0].id };
  const siblings = pagesUnder(pages, parent);
  return { parent, before: siblings[siblings.indexOf(page) + 1]?.id ?? null };
}
