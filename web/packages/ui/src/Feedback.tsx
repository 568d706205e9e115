// What the studio says while it waits, when there is nothing, and when something failed.
import { TriangleAlert } from "lucide-react";
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
  const problem = (error as { problem?: { title?: string; errors?: { pointer: string; message: string }[] } }).problem;
  const title = problem?.title && problem.title !== message ? problem.title : null;
  return (
    <div role="alert" className={styles["error"]}>
      <TriangleAlert aria-hidden="true" />
      <div>
        {title && <strong>{title}</strong>}
        <p>{message}</p>
        {problem?.errors && problem.errors.length > 0 && (
          <ul>{problem.errors.slice(0, 8).map((one) => <li key={one.pointer + one.message}>{one.pointer && <code>{one.pointer}</code>} {one.message}</li>)}</ul>
        )}
        {action}
      </div>
    </div>
  );
}

export function Progress({ label, done, total }: { label: string; done: number; total: number }) {
  return (
    <div className={styles["progress"]}>
      <span>{label}</span>
      <progress aria-label={label} {...(total > 0 ? { value: done, max: total } : {})} />
      {total > 0 && <span className={styles["count"]}>{done} of {total}</span>}
    </div>
  );
}

export function Badge({ children, tone = "plain" }: { children: ReactNode; tone?: "plain" | "accent" | "danger" | "success" }) {
  return <span className={`${styles["badge"]} ${styles[`badge-${tone}`]}`}>{children}</span>;
}
