// Which photos are chosen, and how clicks and keys change that. Pure.
export interface Selection {
  chosen: ReadonlySet<string>;
  /** Where the keyboard is. */
  at: string | null;
  /** Where a range begins. */
  from: string | null;
}
export const nothing: Selection = { chosen: new Set(), at: null, from: null };

export interface With { range: boolean; toggle: boolean }

const between = (ids: readonly string[], a: string | null, b: string): string[] => {
  const [i, j] = [a === null ? -1 : ids.indexOf(a), ids.indexOf(b)];
  return i < 0 ? [b] : ids.slice(Math.min(i, j), Math.max(i, j) + 1);
};

/** A press on a photo; with Shift up to there, with Ctrl that one too. */
export function pressed(selection: Selection, ids: readonly string[], id: string, { range, toggle }: With): Selection {
  if (range) return { chosen: new Set([...(toggle ? selection.chosen : []), ...between(ids, selection.from ?? selection.at, id)]), at: id, from: selection.from ?? selection.at ?? id };
  if (!toggle) return { chosen: new Set([id]), at: id, from: id };
  const chosen = new Set(selection.chosen);
  if (!chosen.delete(id)) chosen.add(id);
  return { chosen, at: id, from: id };
}

/** The keyboard goes to a photo: it is chosen, a range is, or with Ctrl nothing changes but where one is. */
export const moved = (selection: Selection, ids: readonly string[], id: string, { range, toggle }: With): Selection =>
  (range ? pressed(selection, ids, id, { range, toggle: false }) : toggle ? { ...selection, at: id } : pressed(selection, ids, id, { range: false, toggle: false }));

export const all = (selection: Selection, ids: readonly string[]): Selection => ({ ...selection, chosen: new Set(ids), from: ids[0] ?? null });

/** Without what is not there any more. */
export function kept(selection: Selection, ids: ReadonlySet<string>): Selection {
  const chosen = [...selection.chosen].filter((id) => ids.has(id));
  const isSame = chosen.length === selection.chosen.size && (selection.at === null || ids.has(selection.at));
  return isSame ? selection : { chosen: new Set(chosen), at: selection.at !== null && ids.has(selection.at) ? selection.at : chosen[0] ?? null, from: null };
}
