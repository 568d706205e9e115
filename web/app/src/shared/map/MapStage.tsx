// A map one can move, with whatever is laid over it. The shapes come from the program and are drawn once; moving changes
// one number of their group.
import { IconButton } from "@accid/ui/Button";
import { Maximize2, Minus, Plus } from "lucide-react";
import { memo, type ReactNode } from "react";
import type { MapPicture } from "./mapSvg.ts";
import styles from "./MapStage.module.css";
import type { MapView } from "./useMapView.ts";

const Shapes = memo(function Shapes({ map }: { map: MapPicture }) {
  return (
    <g transform="scale(.1)">
      {map.shapes.map((shape, index) => (shape.path
        ? <path key={index} d={shape.path} data-code={shape.code} className={shape.own ? styles["own"] : styles["land"]}><title>{shape.name}</title></path>
        : shape.dot && <circle key={index} cx={shape.dot.x} cy={shape.dot.y} r={shape.dot.r} className={styles["land"]}><title>{shape.name}</title></circle>))}
    </g>
  );
});

interface Props {
  map: MapPicture; view: MapView; label: string;
  /** Lines, in the pixels of the window. */
  lines?: ReactNode;
  /** Whatever stands on the map, in the pixels of the window. */
  children?: ReactNode;
  /** What is seen beside the buttons for moving. */
  tools?: ReactNode;
  cursor?: "grab" | "crosshair";
}

export function MapStage({ map, view, label, lines, children, tools, cursor = "grab" }: Props) {
  const { seen, size, setBox, handlers } = view;
  return (
    <div className={styles["frame"]}>
      <div ref={setBox} className={styles["map"]} data-cursor={cursor} role="group" tabIndex={0} {...handlers}
        aria-label={`${label}. Arrow keys move the map, plus and minus zoom, 0 shows all.`}>
        <svg width={size.width} height={size.height} className={styles["picture"]} aria-hidden="true" focusable="false">
          <g transform={`translate(${seen.x} ${seen.y}) scale(${seen.k})`}><Shapes map={map} /></g>
          {lines}
        </svg>
        {size.width > 0 && children}
      </div>
      <div className={styles["tools"]}>
        {tools}
        <IconButton label="Zoom in" kind="plain" onClick={() => view.zoom(1.6)}><Plus /></IconButton>
        <IconButton label="Zoom out" kind="plain" onClick={() => view.zoom(1 / 1.6)}><Minus /></IconButton>
        <IconButton label="Show the whole map" kind="plain" onClick={() => view.fit()}><Maximize2 /></IconButton>
      </div>
    </div>
  );
}
