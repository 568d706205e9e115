// A page at a small scale, rendered by ACCID itself. It loads when it comes into view and can neither be clicked nor
// reached by the keyboard.
import { urls } from "@accid/api-client/urls";
import { useEffect, useRef, useState } from "react";
import styles from "./Preview.module.css";

const pageWidth = 1280;

interface Props { project: string; revision: string; path?: string; /** May change how the page looks before it is seen. */ onDocument?: (document: Document) => void }

export function Preview({ project, revision, path = "index.html", onDocument }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [seen, setSeen] = useState(false);
  const [loaded, setLoaded] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const sizes = new ResizeObserver(() => setWidth(element.clientWidth));
    const views = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) setSeen(true); }, { rootMargin: "200px" });
    sizes.observe(element);
    views.observe(element);
    return () => { sizes.disconnect(); views.disconnect(); };
  }, []);
  return (
    <div ref={box} className={styles["box"]} aria-hidden="true" inert>
      {seen && width > 0 && (
        <iframe key={revision} src={urls.canvas(project, path)} title="" tabIndex={-1} scrolling="no" data-loaded={loaded}
          className={styles["frame"]} style={{ width: pageWidth, transform: `scale(${width / pageWidth})` }} onLoad={(event) => { const shown = event.currentTarget.contentDocument; if (shown) onDocument?.(shown); setLoaded(true); }} />
      )}
    </div>
  );
}
