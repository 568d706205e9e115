// What somebody tries out about a site's look and its own settings, until it is saved or dropped. Kept in this browser:
// another page can be looked at meanwhile, and closing the tab loses none of it.
import type { Site, Theme, ThemeChoice } from "@accid/api-client/types";
import { create } from "zustand";

export type Look = "light" | "dark";
interface Drafts { project: string | null; /** Of the project, for what is kept: a new project may be called as one that is gone. */ id: string; theme: ThemeChoice | null; site: Site | null; /** The side that is being looked at, of a site that has both. */ side: Look | null }

export const useDrafts = create<Drafts>(() => ({ project: null, id: "", theme: null, site: null, side: null }));

const draftOf = <Key extends "theme" | "site">(key: Key, project: string) => (state: Drafts) => (state.project === project ? state[key] : null);
export const themeDraftOf = (project: string) => draftOf("theme", project);
export const siteDraftOf = (project: string) => draftOf("site", project);

type Kept = Pick<Drafts, "theme" | "site">;
const keyOf = (id: string) => `accid.design/${id}`;

function readKept(id: string): Kept {
  try {
    const { theme = null, site = null } = JSON.parse(localStorage.getItem(keyOf(id)) ?? "{}") as Partial<Kept>;
    return { theme, site };
  } catch {
    return { theme: null, site: null };
  }
}

/** Takes up what was tried in a project before, also in a tab that is closed now. */
export function openDrafts(project: string, id: string) {
  if (useDrafts.getState().project !== project) useDrafts.setState({ project, id, ...readKept(id) });
}

export function setDraft(project: string, draft: Partial<Kept>) {
  useDrafts.setState((state) => ({ ...(state.project === project ? state : { id: "", theme: null, site: null }), project, ...draft }));
  const { id, theme, site } = useDrafts.getState();
  if (!id) return;
  try {
    if (theme || site) localStorage.setItem(keyOf(id), JSON.stringify({ theme, site }));
    else localStorage.removeItem(keyOf(id));
  } catch {
    // Without room it is kept for as long as the studio is open.
  }
}

export const chooseSide = (side: Look | null) => useDrafts.setState({ side });

/** What the canvas shows instead of the saved look; null when it shows that. */
export const drawnLook = (draft: ThemeChoice | null, saved: ThemeChoice | undefined, side: Look | null): ThemeChoice | null => {
  const choice = draft ?? saved;
  if (!choice || (!draft && (!side || choice.mode !== "auto"))) return null;
  return choice.mode === "auto" && side ? { ...choice, mode: side } : choice;
};

/** The built-in theme that a choice means; an unknown name means the first. */
export const themeOf = (choice: ThemeChoice, themes: Theme[]): Theme | undefined => themes.find((theme) => theme.name === choice.name) ?? themes[0];

/** Another theme comes with its own colours, and with its own side unless one was chosen; the saved one comes back with
 * what its owner changed. */
export function chooseTheme(draft: ThemeChoice, saved: ThemeChoice, next: Pick<Theme, "name" | "mode">, themes: Theme[]): ThemeChoice {
  if (next.name === saved.name) return { ...draft, name: next.name, mode: saved.mode, tokens: saved.tokens ?? {} };
  const mode = draft.mode === themeOf(draft, themes)?.mode ? next.mode : draft.mode;
  return { ...draft, name: next.name, mode, tokens: {} };
}

/** A value that is the theme's own needs no mention. */
export function writeToken(draft: ThemeChoice, theme: Theme, name: string, value: string): ThemeChoice {
  const { [name]: _, ...tokens } = draft.tokens ?? {};
  const isOwn = value.trim() === "" || value.trim().toLowerCase() === theme.tokens[name]?.toLowerCase();
  return { ...draft, tokens: isOwn ? tokens : { ...tokens, [name]: value.trim() } };
}

export const tokenValue = (draft: ThemeChoice, theme: Theme, name: string): string => draft.tokens?.[name] ?? theme.tokens[name] ?? "";

/** As colour inputs need it: six digits; null when it is no such colour. */
export function sixDigits(colour: string): string | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour.trim());
  if (short) return `#${short.slice(1).map((digit) => digit + digit).join("")}`.toLowerCase();
  return /^#[0-9a-f]{6}$/i.test(colour.trim()) ? colour.trim().toLowerCase() : null;
}
