// Leads to the field that was asked for: the right tab, the groups around it unfolded, the focus in it.
import { useEffect, useRef } from "react";
import { focusField, tabOf, useAsked } from "../model/asked.ts";
import { useFolds } from "./folds.ts";

const patience = 40;

export function useAskedField(module: string | null, showTab: (tab: "content" | "style" | "layout") => void): React.RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const asked = useAsked((state) => state.asked);
  useEffect(() => {
    if (!asked) return;
    showTab(tabOf(asked.pointer));
    let left = patience;
    let frame = 0;
    const look = () => {
      const root = box.current;
      // What is folded around it opens first; a part of the inspector may still be on its way.
      const field = root?.querySelector(`[data-field="${CSS.escape(asked.pointer)}"]`);
      for (let fold = field?.closest<HTMLDetailsElement>("details[data-fold]:not([open])"); fold; fold = fold.parentElement?.closest<HTMLDetailsElement>("details[data-fold]:not([open])")) useFolds.getState().fold(fold.dataset["fold"] ?? "", true);
      const isThere = field !== null && field !== undefined;
      left -= 1;
      if (root && (isThere || left <= 0) && !field?.closest("details:not([open])") && focusField(root, asked.pointer)) { useAsked.setState({ asked: null }); return; }
      if (left > -patience) frame = requestAnimationFrame(look);
      else useAsked.setState({ asked: null });
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [asked, module, showTab]);
  return box;
}
