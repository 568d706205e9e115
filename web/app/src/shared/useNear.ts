// Whether an element is near the view; once it was, until it is far from it.
import { useEffect, useState } from "react";

export function useNear(box: React.RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = (margin: string, isMet: (isVisible: boolean) => boolean, value: boolean) => {
      const observer = new IntersectionObserver((entries) => { if (isMet(entries.some((entry) => entry.isIntersecting))) setNear(value); }, { rootMargin: margin, scrollMargin: margin } as IntersectionObserverInit);
      observer.observe(element);
      return observer;
    };
    const observers = [watch("200px", (isVisible) => isVisible, true), watch("1600px", (isVisible) => !isVisible, false)];
    return () => observers.forEach((observer) => observer.disconnect());
  }, [box]);
  return near;
}
