// Fields that belong together under a title that folds them away. Which are open is remembered in this browser; whoever
// is led to a field in it finds it open.
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./Folded.module.css";
import { useFolds } from "./folds.ts";

interface Props {
  title: string;
  /** Under what it is remembered. */
  name: string;
  /** Open when nobody has folded it yet. */
  begins?: "open" | "closed";
  /** Something in it is set. */
  mark?: boolean;
  children: ReactNode;
}

export function Folded({ title, name, begins = "closed", mark = false, children }: Props) {
  const isOpen = useFolds((state) => state.open[name] ?? begins === "open");
  const fold = useFolds((state) => state.fold);
  return (
    <details className={styles["folded"]} open={isOpen} data-fold={name}
      onToggle={(event) => { if (event.currentTarget.open !== isOpen) fold(name, event.currentTarget.open); }}>
      <summary><ChevronRight aria-hidden="true" /><span>{title}</span>{mark && <span className={styles["mark"]}><span className="visually-hidden">(has values)</span></span>}</summary>
      <div role="group" aria-label={title} className={styles["inside"]}>{children}</div>
    </details>
  );
}
