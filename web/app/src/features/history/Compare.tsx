// A version of the page beside today's, both rendered by ACCID.
import type { Version } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote } from "@accid/ui/Feedback";
import { Tabs } from "@accid/ui/Tabs";
import { FileClock, FolderClock } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { formatDay, formatTime } from "../../shared/format.ts";
import styles from "./History.module.css";

const pageWidth = 1024;

function Scaled({ src, title }: { src: string; title: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const scale = Math.min(1, size.width / pageWidth);
  const width = Math.max(pageWidth, size.width);
  return (
    <div ref={box} className={styles["page"]}>
      {size.width > 0 && <iframe key={src} src={src} title={title} style={{ width, height: size.height / scale, transform: `scale(${scale})` }} />}
    </div>
  );
}

interface Props { project: string; path: string; version: Version; isNewest: boolean; busy: boolean; error: unknown; onRestore: (wholeProject: boolean) => void }

export function Compare({ project, path, version, isNewest, busy, error, onRestore }: Props) {
  const [side, setSide] = useState<"then" | "today">("then");
  const [asking, setAsking] = useState(false);
  const when = `${formatDay(version.at)}, ${formatTime(version.at)}`;
  return (
    <section className={styles["compare"]} aria-label="Comparison">
      <div className={styles["actions"]}>
        <p>{isNewest ? "This is the newest version." : `The page as it was: ${when}`}</p>
        <Button icon={<FolderClock />} busy={busy} onClick={() => setAsking(true)}>Restore project</Button>
        <Button kind="primary" icon={<FileClock />} busy={busy} onClick={() => onRestore(false)}>Restore page</Button>
      </div>
      {Boolean(error) && <ErrorNote error={error} />}
      <div className={styles["narrow"]}>
        <Tabs label="Which version is shown" chosen={side} onChoose={setSide} tabs={[{ name: "then", title: "Then" }, { name: "today", title: "Today" }]}>{null}</Tabs>
      </div>
      <div className={styles["sides"]} data-side={side}>
        <figure data-name="then"><figcaption>Then · {when}</figcaption><Scaled src={urls.history(project, version.id, path)} title={`The page as it was: ${when}`} /></figure>
        <figure data-name="today"><figcaption>Today</figcaption><Scaled src={urls.canvas(project, path)} title="The page as it is today" /></figure>
      </div>
      {asking && (
        <Dialog title="Restore the whole project?" onClose={() => setAsking(false)} footer={<>
          <Button onClick={() => setAsking(false)}>Cancel</Button>
          <Button kind="primary" onClick={() => { setAsking(false); onRestore(true); }}>Restore project</Button>
        </>}>
          <p>All pages, photos and settings of the project become what they were: {when}. This is a version of its own, so it can be undone.</p>
        </Dialog>
      )}
    </section>
  );
}
