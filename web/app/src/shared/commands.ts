// The command registry: what a person can do is declared once; shortcuts, the palette and the help sheet follow from it.
import type { LucideIcon } from "lucide-react";
import { create } from "zustand";
import { say } from "./announce.ts";

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
  /** What a person is told who presses its keys while it cannot run; the browser does nothing of its own then. */
  otherwise?: string;
  run: () => void;
}

/** Keys that mean something at one place only, such as in a text; told in the sheet of shortcuts. */
export interface LocalKeys { title: string; group: string; shortcut: string[] }

export const useCommands = create<{ sets: Record<string, Command[]>; local: Record<string, LocalKeys[]> }>(() => ({ sets: {}, local: {} }));

export function registerCommands(name: string, commands: Command[]): () => void {
  useCommands.setState((state) => ({ sets: { ...state.sets, [name]: commands } }));
  return () => useCommands.setState((state) => {
    const { [name]: _, ...sets } = state.sets;
    return { sets };
  });
}

export function registerLocalKeys(name: string, keys: LocalKeys[]): () => void {
  useCommands.setState((state) => ({ local: { ...state.local, [name]: keys } }));
  return () => useCommands.setState((state) => {
    const { [name]: _, ...local } = state.local;
    return { local };
  });
}

export const allCommands = () => Object.values(useCommands.getState().sets).flat();
export const runCommand = (id: string) => {
  const command = allCommands().find((one) => one.id === id);
  if (command && (command.when?.() ?? true)) command.run();
};

const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

export interface ShortcutGroup { title: string; entries: { title: string; keys: string[] }[] }

/** All keys there are, in groups: those of commands and those of single places. */
export function shortcutGroups(): ShortcutGroup[] {
  const commands = allCommands().flatMap(({ title, group, shortcut }) => (shortcut ? [{ title, group, shortcut: [shortcut].flat() }] : []));
  const all: LocalKeys[] = [...commands, ...Object.values(useCommands.getState().local).flat()];
  return [...new Set(all.map((one) => one.group))].map((title) => ({
    title, entries: all.filter((one) => one.group === title).map((one) => ({ title: one.title, keys: one.shortcut.map(formatShortcut) })),
  }));
}

export function formatShortcut(shortcut: string | string[] | undefined): string {
  const first = Array.isArray(shortcut) ? shortcut[0] : shortcut;
  if (!first) return "";
  const words: Record<string, string> = isMac
    ? { Mod: "⌘", Escape: "Esc", Shift: "⇧", Alt: "⌥", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" }
    : { Mod: "Ctrl", Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };
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

/** A panel that is shown as a drawer is no dialog to be answered first: the commands work in it. */
function isInDialog(): boolean {
  const open = [...document.querySelectorAll("dialog[open]")];
  return open.some((dialog) => dialog.querySelector("[data-commands-work]") === null);
}

/** Runs the command that the keys mean. Also called for keys pressed inside the canvas. */
export function handleKey(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing) return;
  const typing = isTyping(event.target);
  const inDialog = isInDialog();
  let otherwise: string | undefined;
  for (const command of allCommands()) {
    const shortcuts = command.shortcut === undefined ? [] : [command.shortcut].flat();
    if (!shortcuts.some((shortcut) => matchesShortcut(event, shortcut))) continue;
    if ((typing || inDialog) && !command.whileTyping) continue;
    if (command.when && !command.when()) { otherwise ??= command.otherwise; continue; }
    event.preventDefault();
    command.run();
    return;
  }
  if (otherwise === undefined) return;
  event.preventDefault();
  say(otherwise);
}
