// What the keys do in the grid of photos. Pure, but for what it calls.
import { neighbour, type Layout } from "../model/layout.ts";

export type GridAction =
  | { go: number } | { act: "toggle" | "open" | "clear" | "all" | "trash" | "hide" | "cover" | "earlier" | "later" } | { rating: number };

type Keys = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** What a key means with the keyboard on photo `at`; null when nothing. */
export function actionOf(event: Keys, at: number, count: number, layout: Layout, perPage: number): GridAction | null {
  const mod = event.ctrlKey || event.metaKey;
  if (event.altKey) return event.key === "ArrowLeft" || event.key === "ArrowUp" ? { act: "earlier" } : event.key === "ArrowRight" || event.key === "ArrowDown" ? { act: "later" } : null;
  const clamp = (index: number) => ({ go: Math.max(0, Math.min(count - 1, index)) });
  switch (event.key) {
    case "ArrowLeft": return clamp(at - 1);
    case "ArrowRight": return clamp(at + 1);
    case "ArrowUp": return clamp(at < 0 ? 0 : neighbour(layout, at, -1));
    case "ArrowDown": return clamp(at < 0 ? 0 : neighbour(layout, at, 1));
    case "Home": return clamp(0);
    case "End": return clamp(count - 1);
    case "PageUp": return clamp(at - perPage);
    case "PageDown": return clamp(at + perPage);
    case " ": return { act: "toggle" };
    case "Enter": return { act: "open" };
    case "Escape": return { act: "clear" };
    case "Delete": case "Backspace": return { act: "trash" };
    default: break;
  }
  if (mod) return event.key.toLowerCase() === "a" ? { act: "all" } : null;
  if (/^[0-5]$/.test(event.key)) return { rating: Number(event.key) };
  if (event.key.toLowerCase() === "h") return { act: "hide" };
  if (event.key.toLowerCase() === "c") return { act: "cover" };
  return null;
}
