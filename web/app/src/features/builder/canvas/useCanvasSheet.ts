// A sheet of styles beside the canvas's document, which itself stays as the renderer wrote it.
import { useEffect } from "react";

export function useCanvasSheet(canvas: Document | null, css: string) {
  useEffect(() => {
    const view = canvas?.defaultView as (Window & { CSSStyleSheet: typeof CSSStyleSheet }) | null | undefined;
    if (!canvas || !view || css === "") return;
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(css);
    canvas.adoptedStyleSheets.push(sheet);
    return () => { canvas.adoptedStyleSheets = [...canvas.adoptedStyleSheets].filter((one) => one !== sheet); };
  }, [canvas, css]);
}
