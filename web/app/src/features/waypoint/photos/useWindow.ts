// Which part of a long list is seen. State changes only when other lines come into sight, not with each pixel.
import { startTransition, useLayoutEffect, useState } from "react";
import { linesBetween, type Layout } from "../model/layout.ts";

/** So many pixels above and below are drawn, too. */
const beyond = 500;

export function useWidth(box: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const style = getComputedStyle(element);
      setWidth(Math.floor(element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)));
    };
    measure();
    const sizes = new ResizeObserver(measure);
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [box]);
  return width;
}

const seenIn = (element: HTMLElement, layout: Layout) => linesBetween(layout, element.scrollTop - beyond, element.scrollTop + element.clientHeight + beyond);

/** Who races past photos sees their placeholders; the photos themselves come when it is quiet for so long. */
const quiet = 150;

export function useWindow(box: React.RefObject<HTMLElement | null>, layout: Layout): { first: number; last: number; racing: boolean } {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const [racing, setRacing] = useState(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    let frame = 0;
    let before = element.scrollTop;
    let timer = 0;
    const show = () => {
      const [first, last] = seenIn(element, layout);
      setRange((now) => (now.first === first && now.last === last ? now : { first, last }));
    };
    const look = () => {
      frame = 0;
      if (Math.abs(element.scrollTop - before) > element.clientHeight / 2) {
        setRacing(true);
        clearTimeout(timer);
        timer = window.setTimeout(() => startTransition(() => setRacing(false)), quiet);
      }
      before = element.scrollTop;
      // Lines are drawn in pieces between the frames: whoever scrolls is never held up by what comes into sight.
      startTransition(show);
    };
    show();
    const later = () => { if (frame === 0) frame = requestAnimationFrame(look); };
    element.addEventListener("scroll", later, { passive: true });
    const sizes = new ResizeObserver(later);
    sizes.observe(element);
    return () => { element.removeEventListener("scroll", later); sizes.disconnect(); cancelAnimationFrame(frame); clearTimeout(timer); setRacing(false); };
  }, [box, layout]);
  return { ...range, racing };
}
