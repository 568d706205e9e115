// Keeps the canvas in the look that is being tried, or in the one that is saved.
import { request } from "@accid/api-client/client";
import type { RenderView, ThemeChoice } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { toastError } from "../../../shared/announce.ts";
import { queries } from "../../../shared/queries.ts";
import { useSession } from "../model/context.tsx";
import { drawnLook, themeDraftOf, useDrafts } from "./drafts.ts";
import { dropDraftSheet, reloadSheet, showDraftSheet } from "./sheets.ts";

export const drawTheme = async (project: string, page: string, theme: ThemeChoice) =>
  (await request<RenderView>(urls.render(project, page), { body: { theme } })).css ?? null;

export function useSheets(canvas: Document | null) {
  const project = useSession((state) => state.project);
  const pageId = useSession((state) => state.pageId);
  const unsaved = useDrafts(themeDraftOf(project));
  const side = useDrafts((state) => state.side);
  const theme = useQuery(queries.project(project)).data?.theme;
  const saved = JSON.stringify(theme ?? null);
  const draft = useMemo(() => drawnLook(unsaved, theme, side), [unsaved, theme, side]);
  const shown = useRef<{ canvas: Document; saved: string } | null>(null);
  const latest = useRef(draft);
  const running = useRef(false);

  useEffect(() => {
    latest.current = draft;
    if (!canvas) return;
    if (shown.current?.canvas !== canvas) shown.current = { canvas, saved };
    if (!draft) {
      if (shown.current.saved === saved) dropDraftSheet(canvas);
      else reloadSheet(canvas, String(Date.now()));
      shown.current = { canvas, saved };
      return;
    }
    // The sheet behind the draft is fetched anew when the draft is gone.
    // One request at a time; what is changed meanwhile is drawn as one.
    const draw = async () => {
      if (running.current) return;
      running.current = true;
      try {
        for (let drawn: ThemeChoice | null = null; latest.current && latest.current !== drawn;) {
          drawn = latest.current;
          const css = await drawTheme(project, pageId, drawn);
          if (css && latest.current) showDraftSheet(canvas, css);
        }
      } catch (error) {
        toastError(error);
      } finally {
        running.current = false;
      }
    };
    void draw();
  }, [canvas, draft, saved, project, pageId]);
}
