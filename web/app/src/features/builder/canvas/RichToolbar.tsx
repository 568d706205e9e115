// The small toolbar above a rich text that is being edited on the canvas.
import { useLayoutEffect, useState } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import styles from "./Canvas.module.css";
import { RichButtons } from "./RichButtons.tsx";
import { boxOf } from "./geometry.ts";
import type { RichToolbarState } from "./textEditing.ts";

/** The room the toolbar takes when it stands in one line. */
const widest = 468;

/** The arrows go from tool to tool, as toolbars have it; in a list or a field they keep their own meaning. */
function arrowKeys(event: React.KeyboardEvent<HTMLElement>) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by === undefined || (event.target as Element).matches("input")) return;
  const tools = [...event.currentTarget.querySelectorAll<HTMLElement>("select, button:not(:disabled)")];
  const at = tools.indexOf(event.target as HTMLElement);
  event.preventDefault();
  tools[(at + by + tools.length) % tools.length]?.focus();
}

interface Props { box: React.RefObject<HTMLDivElement | null>; rich: RichToolbarState; scale: number; moved: StoreApi<number> }

export function RichToolbar({ box, rich, scale, moved }: Props) {
  useStore(moved);
  const at = boxOf(rich.element);
  const view = rich.element.ownerDocument.defaultView;
  const height = view?.innerHeight ?? 0;
  const room = (view?.innerWidth ?? 0) * scale;
  // For a finger it is higher, and on a narrow canvas it takes two lines.
  const [tall, setTall] = useState(46);
  useLayoutEffect(() => { const now = (box.current?.offsetHeight ?? 40) + 6; if (now !== tall) setTall(now); }, [box, tall, room]);
  const top = at.top * scale - tall >= 4 ? at.top * scale - tall : Math.max(4, (at.top + at.height) * scale + 8);
  const left = Math.max(4, Math.min(at.left * scale, room - widest));
  return (
    <div ref={box} className={styles["toolbar"]} style={{ left, top: Math.min(top, height * scale - tall - 6) }} role="toolbar" aria-label="Text"
      onKeyDown={(event) => { if (event.key === "Escape" && !event.defaultPrevented) { event.preventDefault(); rich.editor.focus(); } else arrowKeys(event); }}>
      <RichButtons editor={rich.editor} state={rich.state} />
    </div>
  );
}
