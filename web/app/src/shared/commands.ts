// The command registry: what a person can do is declared once; shortcuts, the palette and the help sheet follow from it.
import type { LucideIcon } from "lucide-react";
import { create } from "zustand";

export interface Command {
  id: string;
  title: string;
  group: string;
  icon?: LucideIcon;
  /** Such as `Mod+Shift+Z`; `Mod` is Ctrl, or Command on a Mac. The first is shown, all of them work. */
  shortcut?: string | string[];
  undoable?: boolean;
  /** Works while a text field has the focus, too. */
  whileTyping?: boolean;
  when?: () => boolean;
  run: () => void;
}

export const useCommands = create<{ sets: Record<string, Command[]> }>(() => ({ sets: {} }));

export function registerCommands(name: string, commands: Command[]): () => void {
  useCommands.setState((state) => ({ sets: { ...state.sets, [name]: commands } }));
  return () => useCommands.setState((state) => {
    const { [name]: _, ...sets } = state.sets;
    return { sets };
  });
}

export const allCommands = () => Object.values(useCommands.getState().sets).flat();
export const runCommand = (id: string) => {
  const command = allCommands().find((one) => one.id === id);
  if (command && (command.when?.() ?? true)) command.run();
};

const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

export function formatShortcut(shortcut: string | string[] | undefined): string {
  const first = Array.isArray(shortcut) ? shortcut[0] : shortcut;
  if (!first) return "";
  const words: Record<string, string> = isMac
    ? { Mod: "⌘", Shift: "⇧", Alt: "⌥", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" }
    : { Mod: "Ctrl", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };
  return first.split(/(?<=[^+])\+/).map((part) => words[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join(isMac ? "" : "+");
}

type Keys = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

export function matchesShortcut(event: Keys, shortcut: string): boolean {
  const parts = shortcut.split(/(?<=[^+])\+/);
  const key = parts[parts.length - 1] ?? "";
  const wants = (name: string) => parts.includes(name);
  const mod = isMac ? event.metaKey : event.ctrlKey;
  if (mod !== wants("Mod") || event.altKey !== wants("Alt")) return false;
  // `?` and its kind carry their own Shift.
  if (key.length > 1 || /[a-z]/i.test(key)) { if (event.shiftKey !== wants("Shift")) return false; }
  return event.key.toLowerCase() === key.toLowerCase();
}

function isTyping(target: EventTarget | null): boolean {
  const element = target as Partial<HTMLElement> | null;
  if (!element?.tagName) return false;
  return /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.isContentEditable === true;
}

/** Runs the command that the keys mean. Also called for keys pressed inside the canvas. */
export function handleKey(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing) return;
  const typing = isTyping(event.target);
  const inDialog = document.querySelector("dialog[open]") !== null;
  for (const command of allCommands()) {
    const shortcuts = command.shortcut === undefined ? [] : [command.shortcut].flat();
    if (!shortcuts.some((shortcut) => matchesShortcut(event, shortcut))) continue;
    if ((typing || inDialog) && !command.whileTyping) continue;
    if (command.when && !command.when()) continue;
    event.preventDefault();
    command.run();
    return;
  }
}
