// What the studio says while it waits, when there is nothing, and when something failed.
import { Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./Feedback.module.css";

export function Skeleton({ height = 16, width = "100%" }: { height?: number | string; width?: number | string }) {
  return <span className={styles["skeleton"]} style={{ height, width }} aria-hidden="true" />;
}

export function EmptyState({ icon, title, children, action }: { icon: ReactNode; title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles["empty"]}>
      <div className={styles["emblem"]} aria-hidden="true">{icon}</div>
      <h2>{title}</h2>
      <div className={styles["words"]}>{children}</div>
      {action}
    </div>
  );
}

export function ErrorNote({ error, action }: { error: unknown; action?: ReactNode }) {
  const message = error instanceof Error ? error.message : String(error);
  // A single one is what the message says already.
  const errors = (error as { problem?: { errors?: { pointer: string; message: string }[] } } | null)?.problem?.errors ?? [];
  return (
    <div role="alert" className={styles["error"]}>
      <TriangleAlert aria-hidden="true" />
      <div>
        <p>{message}</p>
        {errors.length > 1 && (
          <ul>{errors.slice(0, 8).map((one) => <li key={one.pointer + one.message}>{one.pointer && <code>{one.pointer}</code>} {one.message}</li>)}</ul>
        )}
        {action}
      </div>
    </div>
  );
}

/** What came of something, when it is neither good nor bad. */
export function Note({ children }: { children: ReactNode }) {
  return <div role="status" className={styles["note"]}><Info aria-hidden="true" /><div>{children}</div></div>;
}

/** `percent`: of a hundred, for what is counted in large numbers such as bytes. */
export function Progress({ label, done, total, percent = false }: { label: string; done: number; total: number; percent?: boolean }) {
  return (
    <div className={styles["progress"]}>
      <span>{label}</span>
      <progress aria-label={label} {...(total > 0 ? { value: done, max: total } : {})} />
      {total > 0 && <span className={styles["count"]}>{percent ? `${done} %` : `${done} of ${total}`}</span>}
    </div>
  );
}

export function Badge({ children, tone = "plain" }: { children: ReactNode; tone?: "plain" | "accent" | "danger" | "success" }) {
  return <span className={`${styles["badge"]} ${styles[`badge-${tone}`]}`}>{children}</span>;
}
