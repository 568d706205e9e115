// Which groups of fields are open, remembered in this browser.
import { create } from "zustand";

const key = "accid.folds";

function remembered(): Record<string, boolean> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? "{}");
    if (typeof stored !== "object" || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter((entry): entry is [string, boolean] => typeof entry[1] === "boolean"));
  } catch {
    return {};
  }
}

interface Folds { open: Record<string, boolean>; fold: (name: string, isOpen: boolean) => void }

export const useFolds = create<Folds>((set, get) => ({
  open: remembered(),
  fold: (name, isOpen) => {
    const open = { ...get().open, [name]: isOpen };
    set({ open });
    try {
      localStorage.setItem(key, JSON.stringify(open));
    } catch {
      // Without room for it they are as they began the next time.
    }
  },
}));
