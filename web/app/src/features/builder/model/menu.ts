// Where the menu of the chosen modules stands, while it is open.
import { create } from "zustand";
import type { Point } from "./lift.ts";
import { isChosen, select, type SessionStore } from "./session.ts";

export const useMenu = create<{ at: Point | null }>(() => ({ at: null }));
export const closeMenu = () => useMenu.setState({ at: null });

/** Opens the menu at a point of the window, for the module there, or for all that are chosen when it is one of them. */
export function openMenu(session: SessionStore, id: string | null, at: Point) {
  if (id === null || !isChosen(session.getState(), id)) select(session, id);
  useMenu.setState({ at: { x: at.x, y: at.y } });
}

/** Opens it by the keyboard: beside what is chosen, wherever that is shown. */
export function openMenuBesideChosen() {
  const row = document.activeElement?.closest<HTMLElement>("[data-outline-row]");
  const shown = row ?? document.querySelector("[data-selection]") ?? document.querySelector("[data-stage]");
  const box = shown?.getBoundingClientRect();
  if (!box) return;
  const stage = document.querySelector("[data-stage]")?.getBoundingClientRect();
  const top = row || !stage ? box.top : Math.min(Math.max(box.top, stage.top), stage.bottom - 40);
  useMenu.setState({ at: { x: box.left + 24, y: top + (row ? box.height : 16) } });
}
