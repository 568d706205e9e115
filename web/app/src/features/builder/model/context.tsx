// Hands the open page's session to the parts of the builder.
import type { ModuleType } from "@accid/api-client/types";
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { Saver } from "./saver.ts";
import type { Drag, DropTarget, SessionState, SessionStore } from "./session.ts";

/** Says where something would land at a point of the window; null when not on the canvas. */
export type HitTest = (x: number, y: number, drag: Drag) => DropTarget | null;

export interface Workbench {
  session: SessionStore;
  saver: Saver;
  types: ModuleType[];
  /** Set by the canvas while it is shown. */
  canvas: { hitTest: HitTest | null; editText: ((id: string) => void) | null };
}

export const WorkbenchContext = createContext<Workbench | null>(null);

export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (!workbench) throw new Error("This part belongs inside an open page.");
  return workbench;
}

export function useSession<T>(read: (state: SessionState) => T): T {
  return useStore(useWorkbench().session, read);
}
