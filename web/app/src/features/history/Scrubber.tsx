// The whole history on one line of time: dense where much was done, with what people named or pinned. Dragged, clicked,
// or moved by keys: an arrow is a version, Page Up and Page Down a day, Home and End the ends.
import type { Timeline } from "@accid/api-client/types";
import { useMemo, useRef } from "react";
import { formatDay, formatTime } from "../../shared/format.ts";
import styles from "./History.module.css";
import { density, otherDay, placeAt, shareOf } from "./timeline.ts";

interface Props { timeline: Timeline; place: number; onPlace: (place: number) => void }
const parts = 120;
const shortDay = (at: string) => new Date(at).toLocaleDateString(undefined, { day: "numeric", month: "short", ...(new Date(at).getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" }) });

export function Scrubber({ timeline, place, onPlace }: Props) {
  const track = useRef<HTMLDivElement>(null);
  const { moments, marked } = timeline;
  const bars = useMemo(() => density(timeline, parts), [timeline]);
  const last = moments.length - 1;
  const at = (of: number) => new Date((moments[of] ?? 0) * 1000).toISOString();
  const told = `${formatDay(at(place))}, ${formatTime(at(place))}`;
  const follow = (event: React.PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (box && box.width > 0) onPlace(placeAt(moments, Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))));
  };
  const move = (event: React.KeyboardEvent) => {
    const to: Record<string, number> = {
      ArrowLeft: place + 1, ArrowDown: place + 1, ArrowRight: place - 1, ArrowUp: place - 1,
      PageDown: otherDay(moments, place, "older"), PageUp: otherDay(moments, place, "newer"), Home: last, End: 0,
    };
    const next = to[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onPlace(Math.min(last, Math.max(0, next)));
  };
  return (
    <div className={styles["scrubber"]}>
      <span aria-hidden="true">{shortDay(at(last))}</span>
      <div ref={track} role="slider" tabIndex={0} className={styles["track"]} aria-label="Point in time" aria-valuemin={0} aria-valuemax={last} aria-valuenow={last - place} aria-valuetext={told}
        onKeyDown={move}
        onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); follow(event); }}
        onPointerMove={(event) => { if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event); }}>
        <svg viewBox={`0 0 ${parts} 20`} preserveAspectRatio="none" aria-hidden="true">
          {bars.map((share, index) => share > 0 && <rect key={index} x={index + 0.15} width={0.7} y={20 - (4 + 16 * share)} height={4 + 16 * share} />)}
        </svg>
        {marked.map((one) => <i key={one.place} data-pinned={one.pinned || undefined} title={one.name} style={{ left: `${100 * shareOf(moments, moments[one.place] ?? 0)}%` }} />)}
        <b style={{ left: `${100 * shareOf(moments, moments[place] ?? 0)}%` }} />
      </div>
      <span aria-hidden="true">Now</span>
    </div>
  );
}
