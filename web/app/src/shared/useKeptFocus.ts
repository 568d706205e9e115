// Keeps the focus near: what was pressed may go away with what it did, and then the keyboard would begin at the top.
import { useLayoutEffect, useRef, type RefObject } from "react";

/** `near` takes the focus when what had it within `place` is gone. */
export function useKeptFocus(place: RefObject<HTMLElement | null>, near: RefObject<HTMLElement | null>) {
  const isWithin = useRef(false);
  useLayoutEffect(() => {
    const look = () => { isWithin.current = place.current?.contains(document.activeElement) ?? false; };
    // Who presses beside everything leaves it too; what is removed is looked at below, before this runs.
    const lookLater = () => window.setTimeout(look);
    document.addEventListener("focusin", look);
    document.addEventListener("focusout", lookLater);
    return () => { document.removeEventListener("focusin", look); document.removeEventListener("focusout", lookLater); };
  }, [place]);
  useLayoutEffect(() => { if (isWithin.current && document.activeElement === document.body) near.current?.focus(); });
}
