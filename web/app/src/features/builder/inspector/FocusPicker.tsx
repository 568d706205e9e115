// The point of a picture that stays in sight when it is cut: set by a click, by dragging, or with the arrow keys.
import { Button } from "@accid/ui/Button";
import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { say } from "../../../shared/announce.ts";
import styles from "./Inspector.module.css";
import { isMiddle, middle, movedBy, placeIn, type Point } from "./focus.ts";

export { middle, type Point } from "./focus.ts";

interface Props { source: string; value: Point; onChange: (point: Point) => void }

const inWords = ({ x, y }: Point) => `${x} % from the left, ${y} % from the top`;

export function FocusPicker({ source, value, onChange }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<Point | null>(null);
  const point = dragged ?? value;
  const at = (event: PointerEvent) => placeIn(frame.current?.getBoundingClientRect() ?? null, event.clientX, event.clientY);
  const begin = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    frame.current?.setPointerCapture(event.pointerId);
    frame.current?.querySelector("button")?.focus();
    setDragged(at(event));
  };
  const end = () => { if (dragged) onChange(dragged); setDragged(null); };
  const onKey = (event: KeyboardEvent) => {
    const next = movedBy(point, event.key, event.shiftKey ? 10 : 1);
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    onChange(next);
    say(inWords(next));
  };
  return (
    <div className={styles["focus"]}>
      <div ref={frame} className={styles["focusFrame"]} onPointerDown={begin} onPointerMove={(event) => { if (dragged) setDragged(at(event)); }} onPointerUp={end} onPointerCancel={() => setDragged(null)}>
        <img src={source} alt="" draggable={false} />
        <button type="button" className={styles["focusPoint"]} style={{ left: `${point.x}%`, top: `${point.y}%` }} onKeyDown={onKey}
          aria-label={`Point that stays in sight: ${inWords(point)}. The arrow keys move it.`} />
      </div>
      <div className={styles["row"]}>
        <p className={styles["help"]}>The point stays in sight where the picture is cut.</p>
        {!isMiddle(point) && <Button kind="ghost" onClick={() => onChange(middle)}>Back to the middle</Button>}
      </div>
    </div>
  );
}
