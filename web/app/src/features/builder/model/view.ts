// How the builder is looked at: width and zoom of the canvas, which panels are open. Kept while pages change; the panels
// are remembered in this browser.
import { create } from "zustand";

export type Viewport = "phone" | "tablet" | "desktop";
export type Zoom = "fit" | number;
export type Panel = "left" | "right";

const key = "accid.panels";
export const zoomSteps = [0.5, 0.67, 0.8, 0.9, 1, 1.25, 1.5, 2];

/** What one sees first is the size of what one holds. */
const fittingViewport = (): Viewport => (window.innerWidth < 640 ? "phone" : window.innerWidth < 900 ? "tablet" : "desktop");

function remembered(): Record<Panel, boolean> {
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Record<Panel, unknown>> | null;
    return { left: stored?.left !== false, right: stored?.right !== false };
  } catch {
    return { left: true, right: true };
  }
}

interface View { /** In which of the site's languages; its own when empty. */ language: string; viewport: Viewport; zoom: Zoom; /** The scale that is shown, whatever it follows from. */ scale: number; open: Record<Panel, boolean> }
export const useView = create<View>(() => ({ language: "", viewport: fittingViewport(), zoom: "fit", scale: 1, open: remembered() }));

export const showViewport = (viewport: Viewport) => useView.setState({ viewport });
export const showLanguage = (language: string) => useView.setState({ language });
export const setZoom = (zoom: Zoom) => useView.setState({ zoom });

export function stepZoom(direction: 1 | -1) {
  const { scale } = useView.getState();
  const next = direction === 1 ? zoomSteps.find((step) => step > scale + 0.005) : zoomSteps.findLast((step) => step < scale - 0.005);
  if (next !== undefined) setZoom(next);
}

export function openPanel(panel: Panel, open: boolean) {
  const panels = { ...useView.getState().open, [panel]: open };
  useView.setState({ open: panels });
  try {
    localStorage.setItem(key, JSON.stringify(panels));
  } catch {
    // Without room for it the panels are open the next time.
  }
}
