// How large the canvas is shown.
import { IconButton } from "@accid/ui/Button";
import { ZoomIn, ZoomOut } from "lucide-react";
import styles from "./Builder.module.css";
import { setZoom, stepZoom, useView, zoomSteps } from "./model/view.ts";

const percent = (scale: number) => `${Math.round(scale * 100)} %`;

export function ZoomControls() {
  const zoom = useView((state) => state.zoom);
  const scale = useView((state) => state.scale);
  return (
    <div role="group" aria-label="Zoom" className={`${styles["cluster"]} ${styles["zoom"]}`}>
      <IconButton label="Zoom out" shortcut="-" disabled={scale <= (zoomSteps[0] ?? 0) + 0.005} onClick={() => stepZoom(-1)}><ZoomOut /></IconButton>
      <select aria-label="Zoom of the canvas" className={styles["zoomValue"]} value={zoom} onChange={(event) => setZoom(event.target.value === "fit" ? "fit" : Number(event.target.value))}>
        <option value="fit">{zoom === "fit" ? `Fit · ${percent(scale)}` : "Fit"}</option>
        {zoomSteps.map((step) => <option key={step} value={step}>{percent(step)}</option>)}
      </select>
      <IconButton label="Zoom in" shortcut="+" disabled={scale >= (zoomSteps.at(-1) ?? 2) - 0.005} onClick={() => stepZoom(1)}><ZoomIn /></IconButton>
    </div>
  );
}
