// A menu at a point of the window, after the WAI-ARIA pattern: arrows walk, a letter leads to what begins with it, Escape
// closes and gives the focus back. It sits in the top layer (popover), so nothing clips it.
import { useEffect, useRef, type KeyboardEvent } from "react";
import type { MenuItem } from "./Menu.tsx";
import styles from "./Menu.module.css";

export interface MenuGroup { title: string; items: MenuItem[] }
interface Props { label: string; at: { x: number; y: number }; groups: MenuGroup[]; onClose: () => void }

export function ContextMenu({ label, at, groups, onClose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(null);
  const entries = () => [...(list.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  useEffect(() => {
    const menu = list.current;
    if (!menu) return;
    before.current = document.activeElement;
    menu.showPopover();
    menu.style.left = `${Math.max(8, Math.min(at.x, innerWidth - menu.offsetWidth - 8))}px`;
    menu.style.top = `${Math.max(8, Math.min(at.y, innerHeight - menu.offsetHeight - 8))}px`;
    menu.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    // Not the browser's own way of closing: it would take the release of the button that opened it for a press beside it.
    const press = (event: PointerEvent) => { if (!menu.contains(event.target as Node)) onClose(); };
    document.addEventListener("pointerdown", press, true);
    return () => document.removeEventListener("pointerdown", press, true);
  }, [at, onClose]);
  const close = (run?: () => void) => {
    if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
    onClose();
    run?.();
  };
  const key = (event: KeyboardEvent) => {
    const all = entries();
    const now = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") { event.preventDefault(); event.stopPropagation(); close(); return; }
    const letter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey ? event.key.toLowerCase() : null;
    const named = letter ? [...all.slice(now + 1), ...all].find((item) => item.textContent?.trim().toLowerCase().startsWith(letter)) : undefined;
    if (to === undefined && !named) { if (letter) event.preventDefault(); return; }
    event.preventDefault();
    event.stopPropagation();
    (named ?? all[((to ?? 0) + all.length) % all.length])?.focus();
  };
  return (
    <div ref={list} role="menu" aria-label={label} popover="manual" className={styles["menu"]} onKeyDown={key} onContextMenu={(event) => event.preventDefault()}
      onBlur={(event) => { if (!event.currentTarget.contains(event.relatedTarget)) onClose(); }}>
      {groups.filter((group) => group.items.length > 0).map((group) => (
        <div key={group.title} role="group" aria-label={group.title} className={styles["group"]}>
          {group.items.map((item) => (
            <button key={item.title} type="button" role="menuitem" aria-disabled={item.disabled || undefined} tabIndex={-1} className={`${styles["item"]} ${item.danger ? styles["danger"] : ""}`}
              onClick={() => { if (!item.disabled) close(item.run); }}>
              {item.icon}<span>{item.title}</span>{item.shortcut && <kbd aria-hidden="true">{item.shortcut}</kbd>}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
