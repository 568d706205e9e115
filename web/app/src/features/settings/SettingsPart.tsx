// A part of the settings: what it is about on one side, what can be set on the other.
import type { ReactNode } from "react";
import styles from "./Settings.module.css";

export function SettingsPart({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  return (
    <section className={styles["part"]} aria-label={title}>
      <div className={styles["about"]}><h2>{title}</h2><p>{about}</p></div>
      <div className={styles["card"]}>{children}</div>
    </section>
  );
}
