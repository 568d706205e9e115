// What a build command writes, line by line; it follows the end while one is there.
import { useEffect, useRef } from "react";
import styles from "./Built.module.css";

export function BuildLog({ lines, running }: { lines: string[]; running: boolean }) {
  const box = useRef<HTMLPreElement>(null);
  const follows = useRef(true);
  useEffect(() => { if (follows.current && box.current) box.current.scrollTop = box.current.scrollHeight; }, [lines]);
  const scrolled = () => { const at = box.current; if (at) follows.current = at.scrollHeight - at.scrollTop - at.clientHeight < 24; };
  return (
    <section className={styles["panel"]} aria-labelledby="built-log" aria-busy={running}>
      <h2 id="built-log">{running ? "Building…" : "What the command wrote"}</h2>
      <pre ref={box} className={styles["log"]} tabIndex={0} role="log" aria-label="Lines of the build" onScroll={scrolled}>{lines.join("\n") || "Waiting for its first line…"}</pre>
    </section>
  );
}
