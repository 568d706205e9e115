// A small menu behind a button, after the WAI-ARIA pattern. It sits in the top layer (popover), so nothing clips it.
import { MoreHorizontal } from "lucide-react";
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { IconButton } from "./Button.tsx";
import styles from "./Menu.module.css";

export interface MenuItem { title: string; icon?: ReactNode; run: () => void; danger?: boolean; disabled?: boolean; shortcut?: string }

export function Menu({ label, items, icon }: { label: string; items: MenuItem[]; icon?: ReactNode }) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const entries = () => [...(list.current?.querySelectorAll<HTMLElement>("[role=menuitem]:not(:disabled)") ?? [])];

  const place = () => {
    const box = button.current?.getBoundingClientRect();
    const menu = list.current;
    if (!box || !menu) return;
    const width = menu.offsetWidth;
    const height = menu.offsetHeight;
    menu.style.left = `${Math.max(8, Math.min(box.right - width, innerWidth - width - 8))}px`;
    menu.style.top = `${box.bottom + height + 12 > innerHeight ? Math.max(8, box.top - height - 4) : box.bottom + 4}px`;
    entries()[0]?.focus();
  };
  const move = (event: KeyboardEvent) => {
    const all = entries();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Tab") list.current?.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    all[(to + all.length) % all.length]?.focus();
  };
  return (
    <>
      <IconButton ref={button} label={label} aria-haspopup="menu" aria-expanded={open} popoverTarget={id}>
        {icon ?? <MoreHorizontal />}
      </IconButton>
      <div ref={list} id={id} role="menu" aria-label={label} popover="auto" className={styles["menu"]} onKeyDown={move}
        onToggle={(event) => { const shown = event.newState === "open"; setOpen(shown); if (shown) place(); }}>
        {items.map((item) => (
          <button key={item.title} type="button" role="menuitem" disabled={item.disabled} tabIndex={-1}
            className={`${styles["item"]} ${item.danger ? styles["danger"] : ""}`}
            onClick={() => { list.current?.hidePopover(); item.run(); }}>
            {item.icon}<span>{item.title}</span>{item.shortcut && <kbd>{item.shortcut}</kbd>}
          </button>
        ))}
      </div>
    </>
  );
}
