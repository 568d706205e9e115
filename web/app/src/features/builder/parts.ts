// The parts of the builder that one key goes through, so that nobody has to tab past everything in between.
const parts = ["[aria-label='Notices']", "[data-part='bar']", "[data-part='left']", "[data-part='canvas']", "[data-part='inspector']"];
const beginnings = ["[role=tab][aria-selected=true]", "[data-stage]", "input, textarea, select, button:not(:disabled), a[href]"];

const isShown = (element: Element) => element.getClientRects().length > 0;

/** Puts the focus into the next part that is shown, or into the one before. */
export function focusPart(step: 1 | -1) {
  const shown = parts.flatMap((selector) => { const part = document.querySelector<HTMLElement>(selector); return part && isShown(part) && part.querySelector(beginnings.join()) ? [part] : []; });
  if (shown.length === 0) return;
  const at = shown.findIndex((part) => part.contains(document.activeElement));
  const next = shown[at === -1 ? (step === 1 ? 0 : shown.length - 1) : (at + step + shown.length) % shown.length];
  const targets = beginnings.flatMap((selector) => [...next?.querySelectorAll<HTMLElement>(selector) ?? []]);
  targets.find(isShown)?.focus();
}
