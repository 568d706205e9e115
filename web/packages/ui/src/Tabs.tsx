// A row of tabs after the WAI-ARIA pattern: arrows move, one of them is in the tab order.
import { useId, useRef, type ReactNode } from "react";
import styles from "./Tabs.module.css";

export interface Tab<Name extends string> { name: Name; title: string; icon?: ReactNode; mark?: boolean }
interface TabsProps<Name extends string> {
  label: string;
  tabs: Tab<Name>[];
  chosen: Name;
  onChoose: (name: Name) => void;
  children: ReactNode;
  small?: boolean;
}

export function Tabs<Name extends string>({ label, tabs, chosen, onChoose, children, small }: TabsProps<Name>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const step = (by: number) => {
    const at = tabs.findIndex((tab) => tab.name === chosen);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (!next) return;
    onChoose(next.name);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.name}"]`)?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label={label} ref={list} className={`${styles["list"]} ${small ? styles["small"] : ""}`}
        onKeyDown={(event) => {
          if (event.key === "ArrowRight") step(1);
          else if (event.key === "ArrowLeft") step(-1);
          else return;
          event.preventDefault();
        }}>
        {tabs.map((tab) => (
          <button key={tab.name} type="button" role="tab" id={`${id}-${tab.name}`} data-tab={tab.name} aria-selected={tab.name === chosen}
            aria-controls={`${id}-panel`} tabIndex={tab.name === chosen ? 0 : -1} className={styles["tab"]} onClick={() => onChoose(tab.name)}>
            {tab.icon}{tab.title}{tab.mark && <span className={styles["mark"]}><span className="visually-hidden"> (has values)</span></span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${chosen}`} className={styles["panel"]}>{children}</div>
    </>
  );
}
