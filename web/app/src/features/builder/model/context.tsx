// Hands the open page's session to the parts of the builder.
import type { ModuleType } from "@accid/api-client/types";
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { Saver } from "./saver.ts";
import type { CanvasTools } from "./canvasTools.ts";
import type { SessionState, SessionStore } from "./session.ts";

export interface Workbench {
  session: SessionStore;
  saver: Saver;
  types: ModuleType[];
  canvas: CanvasTools;
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
