// A rendered page at the width of a desktop, made small enough for its box, with what differs outlined.
import type { ModuleChange } from "@accid/api-client/types";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { markDocument, showModule, type Side } from "./changes.ts";
import styles from "./History.module.css";

const pageWidth = 1024;

interface Props { src: string; title: string; side: Side; modules: ModuleChange[]; chosen: string | null; onDocument: (side: Side, document: Document) => void }

export function Scaled({ src, title, side, modules, chosen, onDocument }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [shown, setShown] = useState<Document | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!shown) return;
    const mark = () => markDocument(shown, side, modules, chosen);
    mark();
    // Pictures that arrive move what is below them.
    const observer = new ResizeObserver(mark);
    observer.observe(shown.body);
    return () => observer.disconnect();
  }, [shown, side, modules, chosen]);
  useEffect(() => { if (shown && chosen) showModule(shown, chosen); }, [shown, chosen]);
  const scale = Math.min(1, size.width / pageWidth);
  const width = Math.max(pageWidth, size.width);
  const load = (frame: HTMLIFrameElement) => {
    const loaded = frame.contentDocument;
    if (!loaded) return;
    // The page is only looked at: a link would lead the frame to another page than the one compared.
    loaded.addEventListener("click", (event) => event.preventDefault(), true);
    setShown(loaded);
    onDocument(side, loaded);
  };
  return (
    <div ref={box} className={styles["page"]}>
      {size.width > 0 && (
        <iframe key={src} src={src} title={title} style={{ width, height: size.height / scale, transform: `scale(${scale})` }} onLoad={(event) => load(event.currentTarget)} />
      )}
    </div>
  );
}
