// What differs between two texts, word by word. Pure.

export interface Part { kind: "same" | "removed" | "added"; text: string }
/** A stretch of a text, from and to in characters. */
export interface Stretch { from: number; to: number }

/** Words with the space behind them; marks of their own, so that a comma is not a new word. */
const tokens = (text: string) => text.match(/[\p{L}\p{N}_’'-]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];

/** Beyond so many steps two texts have nothing to do with each other, and are told as a whole. */
const mostSteps = 1200;

/** The steps from one list to another with the fewest changes (Myers 1986); nothing when there are too many. */
function script(a: string[], b: string[]): Int32Array[] | null {
  const most = Math.min(a.length + b.length, mostSteps);
  const width = 2 * most + 1;
  let ends = new Int32Array(width + 2);
  const trace: Int32Array[] = [];
  for (let changes = 0; changes <= most; changes += 1) {
    trace.push(ends.slice());
    const next = ends;
    for (let k = -changes; k <= changes; k += 2) {
      const at = k + most;
      const left = next[at - 1] ?? 0;
      const right = next[at + 1] ?? 0;
      let x = k === -changes || (k !== changes && left < right) ? right : left + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      next[at] = x;
      if (x >= a.length && x - k >= b.length) return trace;
    }
    ends = next;
  }
  return null;
}

function partsBackwards(a: string[], b: string[], trace: Int32Array[]): Part[] {
  const most = Math.min(a.length + b.length, mostSteps);
  const parts: Part[] = [];
  let [x, y] = [a.length, b.length];
  for (let changes = trace.length - 1; changes >= 0; changes -= 1) {
    const ends = trace[changes] ?? new Int32Array();
    const k = x - y;
    const at = k + most;
    const down = k === -changes || (k !== changes && (ends[at - 1] ?? 0) < (ends[at + 1] ?? 0));
    const before = changes === 0 ? 0 : down ? ends[at + 1] ?? 0 : ends[at - 1] ?? 0;
    const beforeY = changes === 0 ? 0 : before - (down ? k + 1 : k - 1);
    while (x > before && y > beforeY) { x -= 1; y -= 1; parts.push({ kind: "same", text: a[x] ?? "" }); }
    if (changes === 0) break;
    if (down) { y -= 1; parts.push({ kind: "added", text: b[y] ?? "" }); }
    else { x -= 1; parts.push({ kind: "removed", text: a[x] ?? "" }); }
  }
  return parts.reverse();
}

/** Joins neighbours of a kind; between two changes a lone space counts as changed too, so that phrases stay whole. */
function joined(parts: Part[]): Part[] {
  const all: Part[] = [];
  const runs: { removed: string; added: string } = { removed: "", added: "" };
  const flush = () => {
    if (runs.removed) all.push({ kind: "removed", text: runs.removed });
    if (runs.added) all.push({ kind: "added", text: runs.added });
    runs.removed = runs.added = "";
  };
  for (const [index, part] of parts.entries()) {
    if (part.kind !== "same") { runs[part.kind] += part.text; continue; }
    const next = parts[index + 1];
    const isBetween = /^\s+$/.test(part.text) && (runs.removed || runs.added) && next && next.kind !== "same";
    if (isBetween) { runs.removed += part.text; runs.added += part.text; continue; }
    flush();
    const last = all.at(-1);
    if (last?.kind === "same") last.text += part.text;
    else all.push({ ...part });
  }
  flush();
  return all;
}

/** What became of the first text in the second one. */
export function compareWords(before: string, after: string): Part[] {
  const [a, b] = [tokens(before), tokens(after)];
  const trace = script(a, b);
  if (trace) return joined(partsBackwards(a, b, trace));
  return [{ kind: "removed", text: before }, { kind: "added", text: after }];
}

/** Where in one of the two texts something differs: in the first what was removed, in the second what was added. */
export function differingStretches(parts: Part[], kind: "removed" | "added"): Stretch[] {
  let at = 0;
  return parts.flatMap((part) => {
    if (part.kind !== "same" && part.kind !== kind) return [];
    const from = at;
    at += part.text.length;
    return part.kind === kind && part.text.trim() ? [{ from, to: at }] : [];
  });
}

/** The same with only a few words around what differs. */
export function shortened(parts: Part[], around = 32): Part[] {
  return parts.map((part, index) => {
    if (part.kind !== "same" || part.text.length <= 2 * around + 3) return part;
    const head = index === 0 ? "" : part.text.slice(0, around).replace(/\S*$/, "");
    const tail = index === parts.length - 1 ? "" : part.text.slice(-around).replace(/^\S*/, "");
    return { kind: "same", text: `${head}…${tail}` };
  });
}
