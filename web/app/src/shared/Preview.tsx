// A page at a small scale, rendered by ACCID itself. It is there while it is near the window's view, so that many
// previews cost little, and can neither be clicked nor reached by the keyboard.
import { urls } from "@accid/api-client/urls";
import { useEffect, useRef, useState } from "react";
import styles from "./Preview.module.css";
import { useNear } from "./useNear.ts";

const pageWidth = 1280;

interface Props {
  /** What is shown: a page of a project, or any page by its address. */
  project?: string;
  path?: string;
  src?: string;
  /** Another revision is loaded anew. */
  revision: string;
  /** May change how the page looks before it is seen. */
  onDocument?: (document: Document) => void;
}

export function Preview({ project = "", path = "index.html", src = urls.canvas(project, path), revision, onDocument }: Props) {
  const box = useRef<HTMLSpanElement>(null);
  const [width, setWidth] = useState(0);
  const [loaded, setLoaded] = useState<string | null>(null);
  const near = useNear(box);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const sizes = new ResizeObserver(() => setWidth(element.clientWidth));
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);
  const show = (frame: HTMLIFrameElement) => {
    if (frame.contentDocument) onDocument?.(frame.contentDocument);
    setLoaded(revision);
  };
  return (
    <span ref={box} className={styles["box"]} aria-hidden="true" inert>
      {near && width > 0 && (
        <iframe key={revision} src={src} title="" tabIndex={-1} scrolling="no" data-loaded={loaded === revision}
          className={styles["frame"]} style={{ width: pageWidth, transform: `scale(${width / pageWidth})` }} onLoad={(event) => show(event.currentTarget)} />
      )}
    </span>
  );
}
