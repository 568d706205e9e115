// Light, dark, or as the system says; kept in this browser.
import { create } from "zustand";

export type ThemeName = "system" | "light" | "dark";
const key = "accid.theme";

function read(): ThemeName {
  const stored = localStorage.getItem(key);
  return stored === "light" || stored === "dark" ? stored : "system";
}
function apply(theme: ThemeName) {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

export const useTheme = create<{ theme: ThemeName; choose: (theme: ThemeName) => void }>((set) => ({
  theme: read(),
  choose: (theme) => {
    localStorage.setItem(key, theme);
    apply(theme);
    set({ theme });
  },
}));

export const isDark = (theme: ThemeName) =>
  theme === "dark" || (theme === "system" && !matchMedia("(prefers-color-scheme: light)").matches);

apply(read());
