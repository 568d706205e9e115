// The life of the canvas's iframe: its document, and a counter that goes up whenever something in it may have moved. The
// counter is a store of its own: what is drawn above the canvas follows it, and nothing else is drawn anew.
import { useCallback, useEffect, useRef, useState } from "react";
import { createStore, type StoreApi } from "zustand/vanilla";
import { useWorkbench } from "../model/context.tsx";
import { toastError } from "../../../shared/announce.ts";
import { onStudioEvent } from "../../../shared/events.ts";
import { startLiveCanvas, type LiveCanvas } from "./live.ts";

export interface CanvasFrame {
  frame: React.RefObject<HTMLIFrameElement | null>;
  document: Document | null;
  moved: StoreApi<number>;
  live: React.RefObject<LiveCanvas | null>;
  onLoad: () => void;
}

export function useCanvasFrame(): CanvasFrame {
  const { session } = useWorkbench();
  const frame = useRef<HTMLIFrameElement>(null);
  const live = useRef<LiveCanvas | null>(null);
  const [canvas, setCanvas] = useState<Document | null>(null);
  const [moved] = useState(() => createStore(() => 0));
  const adopted = useRef<Document | null>(null);
  const looking = useRef(0);
  const complained = useRef(false);
  const touch = useCallback(() => moved.setState((count) => count + 1, true), [moved]);

  useEffect(() => {
    const started = startLiveCanvas(session, () => { complained.current = false; touch(); }, (error) => {
      // Once is enough; the state of saving says the rest.
      if (!complained.current) toastError(error);
      complained.current = true;
    });
    live.current = started;
    if (adopted.current) started.attach(adopted.current);
    const { project, pageId } = session.getState();
    let timer = 0;
    const stop = onStudioEvent((event) => {
      if (!event.type.startsWith("item-") || event.id === pageId || (event.project && event.project !== project && event.project !== session.getState().projectId)) return;
      clearTimeout(timer);
      timer = window.setTimeout(() => started.refresh(), 300);
    });
    return () => { clearTimeout(timer); stop(); started.close(); };
  }, [session, touch]);

  const adopt = useCallback(() => {
    const loaded = frame.current?.contentDocument;
    if (!loaded || loaded.readyState === "loading" || !loaded.querySelector("[data-accid-slot]")) return false;
    if (loaded !== adopted.current) {
      adopted.current = loaded;
      live.current?.attach(loaded);
      setCanvas(loaded);
    }
    touch();
    return true;
  }, [touch]);

  // As soon as the document is read, not when its last picture has come: `load` would be too late for a quick hand.
  useEffect(() => {
    const look = () => { if (!adopt()) looking.current = requestAnimationFrame(look); };
    look();
    return () => cancelAnimationFrame(looking.current);
  }, [adopt]);
  const onLoad = useCallback(() => {
    cancelAnimationFrame(looking.current);
    adopt();
  }, [adopt]);

  useEffect(() => {
    if (!canvas) return;
    const view = canvas.defaultView;
    const sizes = new ResizeObserver(touch);
    sizes.observe(canvas.documentElement);
    if (canvas.body) sizes.observe(canvas.body);
    view?.addEventListener("scroll", touch, { passive: true });
    view?.addEventListener("resize", touch);
    return () => { sizes.disconnect(); view?.removeEventListener("scroll", touch); view?.removeEventListener("resize", touch); };
  }, [canvas, touch]);

  return { frame, document: canvas, moved, live, onLoad };
}
