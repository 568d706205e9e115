// The page as it will be published, in an iframe of the server's own rendering, and above it what the editor draws.
import { urls } from "@accid/api-client/urls";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { say } from "../../../shared/announce.ts";
import { useClipboard } from "../clipboard/useClipboard.ts";
import { useSheets } from "../design/useSheets.ts";
import { useSession, useWorkbench } from "../model/context.tsx";
import { useView } from "../model/view.ts";
import styles from "./Canvas.module.css";
import { canvasKey } from "./canvasKeys.ts";
import { EmptyHints } from "./EmptyHints.tsx";
import { elementOf } from "./geometry.ts";
import { Overlay } from "./Overlay.tsx";
import { RichToolbar } from "./RichToolbar.tsx";
import { PinHandles } from "../spatial/PinHandles.tsx";
import { finishTextEdit, firstTextOf, startTextEdit, type RichToolbarState, type TextTarget } from "./textEditing.ts";
import { catchKeys, untilDrawn } from "./typeAhead.ts";
import { useCanvasSheet } from "./useCanvasSheet.ts";
import { useCanvasFrame } from "./useCanvasFrame.ts";
import { useCanvasPointer } from "./useCanvasPointer.ts";

/** In another language, what is still in that of the site is marked. */
const untranslated = ":is([data-accid-prop],[data-accid-rich])[lang]:not([contenteditable]){outline:1.5px dashed #c27a0e;outline-offset:3px}";

const widths = { phone: 390, tablet: 768, desktop: 1280 };

function useSize(box: React.RefObject<HTMLElement | null>) {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return size;
}

export function Canvas() {
  const viewport = useView((state) => state.viewport);
  const zoom = useView((state) => state.zoom);
  const workbench = useWorkbench();
  const { session, types } = workbench;
  const stage = useRef<HTMLDivElement>(null);
  const toolbar = useRef<HTMLDivElement>(null);
  const size = useSize(stage);
  const { frame, document: canvas, moved, live, onLoad } = useCanvasFrame();
  useSheets(canvas);
  useCanvasSheet(canvas, useView((state) => (state.language ? untranslated : "")));
  useClipboard(canvas);
  const [rich, setRich] = useState<RichToolbarState | null>(null);
  const selected = useSession((state) => state.selected);
  const title = useSession((state) => state.page.title);
  const path = useSession((state) => state.path);
  const project = useSession((state) => state.project);
  // The address is read once: later the document is patched, never loaded again.
  const [source] = useState(() => urls.canvas(project, path, useView.getState().language));

  const available = Math.max(0, size.width - 2);
  const width = viewport === "desktop" ? Math.max(widths.desktop, available) : widths[viewport];
  const scale = zoom === "fit" ? (available > 0 ? Math.min(1, available / width) : 1) : zoom;
  useEffect(() => { if (available > 0) useView.setState({ scale }); }, [scale, available]);

  const focusStage = useCallback(() => stage.current?.focus({ preventScroll: true }), []);
  const editText = useCallback(async (target: TextTarget, at?: { x: number; y: number }) => {
    const inner = target.element.ownerDocument;
    const release = catchKeys(document, inner);
    await startTextEdit({
      session, types, target, at, onRich: setRich, isToolbar: (element) => toolbar.current?.contains(element as Node | null) ?? false,
      toToolbar: () => toolbar.current?.querySelector<HTMLElement>("select, button")?.focus(),
      onFinish: () => {
        live.current?.refresh();
        // Unless the person went on to another field.
        window.setTimeout(() => { if (document.activeElement === document.body || document.activeElement === frame.current) focusStage(); });
      },
    });
    release(session.getState().editing === target.edit ? inner : null);
  }, [session, types, live, frame, focusStage]);
  // The text goes with its canvas, as when another language is shown.
  useEffect(() => finishTextEdit, []);
  const editFirstText = useCallback(async (id: string) => {
    if (!canvas) return;
    // A module that was added just now is still to be drawn.
    const release = catchKeys(document, canvas);
    const isDrawn = await untilDrawn(canvas, id);
    const target = isDrawn && session.getState().selected === id ? firstTextOf(canvas, id) : null;
    const started = target ? editText(target) : undefined;
    if (!target) say("This module has no text to edit in place. Its fields are in the inspector.");
    await started;
    release(target && session.getState().editing === target.edit ? canvas : null);
  }, [canvas, editText, session]);
  // Who opened the page can go on with the keys at once.
  useEffect(() => { if (canvas && document.activeElement === document.body) focusStage(); }, [canvas, focusStage]);
  useCanvasPointer({ document: canvas, frame, scale, focusStage, editText, editFirstText });
  // Said when the listeners above are in place, so that a script knows it may begin.
  useEffect(() => { stage.current?.toggleAttribute("data-ready", canvas !== null); }, [canvas]);

  // What is chosen elsewhere comes into view.
  useEffect(() => {
    const element = selected && canvas ? elementOf(canvas, selected) : null;
    const view = canvas?.defaultView;
    if (!element || !view) return;
    const box = element.getBoundingClientRect();
    // Not `scrollIntoView`, which would also scroll the frame that the canvas stands in.
    if (box.bottom < 40 || box.top > view.innerHeight - 40) view.scrollTo({ top: view.scrollY + box.top - Math.max(40, (view.innerHeight - box.height) / 2) });
  }, [selected, canvas]);

  return (
    <div ref={stage} className={styles["stage"]} tabIndex={0} role="group" aria-label={`Canvas: ${title}`} data-stage=""
      onKeyDown={(event) => { if (event.target === stage.current) canvasKey(workbench, event, editFirstText); }}
      onMouseDown={(event) => { if (event.target === stage.current) session.setState({ selected: null }); }}>
      <div className={styles["paper"]} style={{ width: width * scale, height: size.height }} data-viewport={viewport}>
        <iframe ref={frame} src={source} title={`Page: ${title}`} className={styles["frame"]} onLoad={onLoad}
          style={{ width, height: size.height / scale, transform: `scale(${scale})` }} />
        {canvas && <EmptyHints canvas={canvas} scale={scale} moved={moved} />}
        {canvas && <Overlay canvas={canvas} scale={scale} moved={moved} />}
        {canvas && <PinHandles canvas={canvas} scale={scale} changed={moved} />}
        {rich && canvas && <RichToolbar box={toolbar} rich={rich} scale={scale} moved={moved} />}
      </div>
    </div>
  );
}
