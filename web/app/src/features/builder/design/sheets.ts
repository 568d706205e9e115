// Lets a rendered page be seen in a look that is not saved: the style sheet of a draft takes the place of the site's.
// Knows documents, not React.
const draftMark = "data-accid-draft";
const sheetSelector = 'link[rel="stylesheet"][href*="site.css"]';

const linkOf = (document: Document) => document.head.querySelector<HTMLLinkElement>(sheetSelector);
const styleOf = (document: Document) => document.head.querySelector<HTMLStyleElement>(`style[${draftMark}]`);

/** Addresses in a style sheet count from where it stands, which a <style> does not. */
export const withBase = (css: string, base: string): string => css.replace(/url\((['"]?)(?![a-z]+:|\/|#|['"])/gi, `url($1${base}`);

export function showDraftSheet(document: Document, css: string) {
  const link = linkOf(document);
  if (!link) return;
  const base = new URL(".", link.href).href;
  let style = styleOf(document);
  if (!style) {
    style = document.createElement("style");
    style.setAttribute(draftMark, "");
    // Where the site's sheet stands, so that the page's own style still wins over it.
    link.after(style);
  }
  const text = withBase(css, base);
  if (style.textContent !== text) style.textContent = text;
  link.disabled = true;
}

export function dropDraftSheet(document: Document) {
  const link = linkOf(document);
  if (link) link.disabled = false;
  styleOf(document)?.remove();
}

/** Fetches the site's sheet anew; what is shown stays until it is there. */
export function reloadSheet(document: Document, revision: string) {
  const link = linkOf(document);
  if (!link) return;
  const next = document.createElement("link");
  next.rel = "stylesheet";
  next.href = `${link.href.split("?")[0]}?${encodeURIComponent(revision)}`;
  const settle = () => { link.remove(); styleOf(document)?.remove(); };
  next.addEventListener("load", settle, { once: true });
  next.addEventListener("error", settle, { once: true });
  link.after(next);
}
