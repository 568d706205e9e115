// The sign of a point on a photo.
import { Anchor, Camera, Flag, Heart, House, Star, type LucideIcon } from "lucide-react";
import { useRef, type PointerEvent } from "react";
import type { Marker } from "@accid/api-client/waypoint";
import { numberOf } from "./markers.ts";
import styles from "./Stage.module.css";

export const markerIcons: { name: string; title: string; Icon: LucideIcon }[] = [
  { name: "anchor", title: "Anchor", Icon: Anchor }, { name: "camera", title: "Camera", Icon: Camera }, { name: "flag", title: "Flag", Icon: Flag },
  { name: "heart", title: "Heart", Icon: Heart }, { name: "home", title: "House", Icon: House }, { name: "star", title: "Star", Icon: Star },
];

interface Props {
  marker: Marker & { id: string }; index: number; chosen: boolean;
  /** Who may only look chooses it and leaves it where it is. */
  mayMove: boolean;
  onChoose: () => void;
  onMove: (clientX: number, clientY: number) => void;
  onDrop: (moved: boolean) => void;
  /** Says whether the key meant something. */
  onKey: (key: string, large: boolean) => boolean;
}

export function MarkerPin({ marker, index, chosen, mayMove, onChoose, onMove, onDrop, onKey }: Props) {
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  const Icon = markerIcons.find((icon) => icon.name === marker.icon)?.Icon;
  const down = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return;
    if (!mayMove) { onChoose(); return; }
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, y: event.clientY, moved: false };
    onChoose();
  };
  const move = (event: PointerEvent) => {
    const now = drag.current;
    if (!now || (!now.moved && Math.hypot(event.clientX - now.x, event.clientY - now.y) < 3)) return;
    now.moved = true;
    onMove(event.clientX, event.clientY);
  };
  const end = (event: PointerEvent) => { const now = drag.current; drag.current = null; if (now) onDrop(now.moved && event.type === "pointerup"); };
  return (
    <button type="button" data-marker={marker.id} className={styles["pin"]} data-chosen={chosen || undefined} style={{ left: `${marker.x}%`, top: `${marker.y}%` }} aria-pressed={chosen}
      aria-label={`Point ${index + 1}: ${marker.label || "without a label"}, ${marker.x} % from the left, ${marker.y} % from the top.${mayMove ? " Arrow keys move it, Delete takes it away." : ""}`}
      onPointerDown={down} onPointerMove={move} onPointerUp={end} onPointerCancel={end} onFocus={onChoose}
      onKeyDown={(event) => { if (mayMove && !event.ctrlKey && !event.metaKey && !event.altKey && onKey(event.key, event.shiftKey)) { event.preventDefault(); event.stopPropagation(); } }}>
      {Icon ? <Icon aria-hidden="true" /> : numberOf(marker, index)}
    </button>
  );
}
