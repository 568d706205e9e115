// What screen readers are told, and the toasts everybody sees.
import { create } from "zustand";

export interface Toast { id: number; tone: "info" | "success" | "error"; message: string; action?: { title: string; run: () => void } }
interface Announcements { spoken: string; toasts: Toast[] }

export const useAnnouncements = create<Announcements>(() => ({ spoken: "", toasts: [] }));
let counter = 0;

/** Says something in the live region without showing it. */
export function say(message: string) {
  // A repeated sentence is read again only when the text differs.
  useAnnouncements.setState((state) => ({ spoken: state.spoken === message ? `${message}\u00a0` : message }));
}

export function dismissToast(id: number) {
  useAnnouncements.setState((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) }));
}

export function toast(message: string, options: Partial<Pick<Toast, "tone" | "action">> = {}) {
  const id = ++counter;
  const tone = options.tone ?? "info";
  const next: Toast = { id, message, tone, ...(options.action ? { action: options.action } : {}) };
  useAnnouncements.setState((state) => ({ toasts: [...state.toasts.slice(-3), next] }));
  window.setTimeout(() => dismissToast(id), tone === "error" ? 12_000 : options.action ? 10_000 : 5_000);
}

export function toastError(error: unknown) {
  toast(error instanceof Error ? error.message : String(error), { tone: "error" });
}
