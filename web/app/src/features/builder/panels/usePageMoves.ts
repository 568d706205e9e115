// Moves pages in the tree: with the pointer, with the keyboard, and from a menu. What is shown moves at once; the server
// follows, and when it refuses, the tree goes back.
import { request } from "@accid/api-client/client";
import type { PageView } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { useMutation } from "@tanstack/react-query";
import { useState, type PointerEvent as ReactPointerEvent } from "react";
import { say, toastError } from "../../../shared/announce.ts";
import { queries, queryClient, refreshProjects } from "../../../shared/queries.ts";
import { useWorkbench } from "../model/context.tsx";
import { followPointer } from "../model/lift.ts";
import { movePage, nestPages, placeAtRow, stepPage, withMoves, type PageMove, type PagePlace, type PageStep, type RowPart } from "./pageTree.ts";

const nowhere: Record<PageStep, string> = {
  up: "Already the first that can be moved.", down: "Already the last.", in: "There is no page above it to nest it under.", out: "Already at the top.",
};
const keys: Record<string, PageStep> = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" };
export const stepOfKey = (key: string): PageStep | null => keys[key] ?? null;

function partOf(row: HTMLElement, y: number): RowPart {
  const box = row.getBoundingClientRect();
  const at = (y - box.top) / box.height;
  return at < 0.3 ? "before" : at > 0.7 ? "after" : "inside";
}

export function usePageMoves(project: string, pages: PageView[], current: string) {
  const { saver } = useWorkbench();
  const [target, setTarget] = useState<{ row: string; part: RowPart } | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const key = queries.pages(project).queryKey;
  const save = useMutation({
    // One after the other: the next move begins where the last one ended.
    scope: { id: `pages-of-${project}` },
    mutationFn: async (moves: PageMove[]) => {
      const own = moves.some((move) => pages.find((page) => page.id === move.id)?.slug === current);
      if (own) await saver.flush();
      for (const { id, ...place } of moves) {
        const fresh = await request<PageView>(urls.page(project, id));
        await request<PageView>(urls.page(project, id), { method: "PUT", body: place, ifMatch: fresh.etag });
      }
      if (own) await saver.follow();
    },
    onError: toastError,
    onSettled: refreshProjects,
  });
  const move = (id: string, place: PagePlace) => {
    const moves = movePage(pages, id, place);
    if (moves.length === 0) return false;
    const after = withMoves(pages, moves);
    void queryClient.cancelQueries({ queryKey: key });
    queryClient.setQueryData(key, after);
    save.mutate(moves);
    const now = nestPages(after).find((one) => one.page.id === id);
    const under = after.find((page) => page.id === now?.parent);
    if (now) say(`“${now.page.title}” moved: ${now.index + 1} of ${now.count}${under ? ` under “${under.title}”` : " at the top"}`);
    return true;
  };
  const step = (id: string, direction: PageStep) => {
    const place = stepPage(pages, id, direction);
    if (!place || !move(id, place)) { say(nowhere[direction]); return; }
    // Moving an element in the document takes the focus from it.
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-page-row="${CSS.escape(id)}"] a`)?.focus());
  };

  const follow = (id: string, event: ReactPointerEvent<HTMLElement>) => {
    if (event.button !== 0 || pages.find((page) => page.id === id)?.slug === "index") return;
    let place: PagePlace | null = null;
    followPointer({
      event: event.nativeEvent, target: event.currentTarget,
      onLift: () => setDragged(id),
      onMove: ({ x, y }) => {
        const row = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-page-row]");
        const name = row?.dataset["pageRow"];
        const part = row ? partOf(row, y) : null;
        place = name && part ? placeAtRow(pages, name, part) : null;
        // Only what would change something is shown.
        if (place && movePage(pages, id, place).length === 0) place = null;
        const next = place && name && part ? { row: name, part } : null;
        setTarget((now) => (now?.row === next?.row && now?.part === next?.part ? now : next));
      },
      onDrop: () => { if (place) move(id, place); },
      onEnd: () => { setTarget(null); setDragged(null); },
    });
  };
  return { target, dragged, step, follow };
}
