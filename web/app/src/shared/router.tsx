// The studio's addresses. Small on purpose: a handful of views, History API, links that work with Ctrl-click.
import { startTransition, useEffect, useState, type AnchorHTMLAttributes, type MouseEvent } from "react";

export type Route =
  | { view: "dashboard" }
  | { view: "trash" }
  | { view: "settings" }
  | { view: "system" }
  | { view: "backup" }
  | { view: "builder"; project: string; page: string | null }
  | { view: "missing"; path: string };

export const paths = {
  dashboard: "/",
  trash: "/trash",
  settings: "/settings",
  system: "/system",
  backup: "/backup",
  builder: (project: string, page?: string) => `/projects/${encodeURIComponent(project)}${page ? `/${encodeURIComponent(page)}` : ""}`,
};

export function parsePath(path: string): Route {
  let parts: string[];
  try {
    parts = path.split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return { view: "missing", path };
  }
  const [first, second, third] = parts;
  if (parts.length === 0) return { view: "dashboard" };
  if (parts.length === 1 && (first === "trash" || first === "settings" || first === "system" || first === "backup")) return { view: first };
  if (first === "projects" && parts.length === 1) return { view: "dashboard" };
  if (first === "projects" && second && parts.length <= 3) return { view: "builder", project: second, page: third ?? null };
  return { view: "missing", path };
}

const listeners = new Set<() => void>();
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => { listeners.delete(listener); window.removeEventListener("popstate", listener); };
};

export function navigate(path: string, options: { replace?: boolean } = {}) {
  if (path === window.location.pathname) return;
  window.history[options.replace ? "replaceState" : "pushState"](null, "", path);
  listeners.forEach((listener) => listener());
}

export function useRoute(): Route {
  const [path, setPath] = useState(window.location.pathname);
  // As a transition: the old view stays until the new one is there.
  useEffect(() => subscribe(() => startTransition(() => setPath(window.location.pathname))), []);
  return parsePath(path);
}

export function Link({ to, onClick, ...rest }: { to: string } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  };
  return <a href={to} onClick={follow} {...rest} />;
}
