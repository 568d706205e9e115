// The switch between light and dark.
import { IconButton } from "@accid/ui/Button";
import { Moon, Sun } from "lucide-react";
import { isDark, useTheme } from "./theme.ts";

export function ThemeToggle() {
  const { theme, choose } = useTheme();
  const dark = isDark(theme);
  return (
    <IconButton label={dark ? "Switch to light" : "Switch to dark"} onClick={() => choose(dark ? "light" : "dark")}>
      {dark ? <Sun /> : <Moon />}
    </IconButton>
  );
}
