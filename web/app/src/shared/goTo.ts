// Which module is to be chosen once a page is open: said by who leads there, taken by the page.
let wanted: { page: string; module: string | null } | null = null;

export function wantSelection(page: string, module: string | null) {
  wanted = { page, module };
}

/** The module to be chosen on this page, once. */
export function takeSelection(page: string): string | null {
  const module = wanted?.page === page ? wanted.module : null;
  wanted = null;
  return module;
}
