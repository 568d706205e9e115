// Which place of a page is to be shown once it is open: said by who leads there, taken by the page.
export interface Wanted { module: string | null; /** The value in the module or page, such as `/props/title`; the whole of it when empty. */ pointer: string }
let wanted: (Wanted & { page: string }) | null = null;

export function wantSelection(page: string, place: Wanted) {
  wanted = { page, ...place };
}

/** The place to be shown on this page, once. */
export function takeSelection(page: string): Wanted | null {
  const place = wanted?.page === page ? wanted : null;
  wanted = null;
  return place;
}
