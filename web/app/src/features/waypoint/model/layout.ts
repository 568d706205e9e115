// Puts photos into rows of one width, each row as high as it then is, under headings such as their days. Pure.
import type { Row } from "./rows.ts";

export interface Tile { row: Row; index: number; left: number; width: number }
export interface Line { top: number; height: number; tiles: Tile[] }
export interface Section { day: string; top: number; count: number; first: number }
export interface Layout { lines: Line[]; sections: Section[]; height: number; tops: Float64Array }

export interface Measures { width: number; lineHeight: number; gap: number; heading: number }

const ratioOf = ({ width, height }: Row) => Math.min(4, Math.max(0.4, width / height));

/** `groupOf`: what stands together under a heading; photos of a group must follow each other. */
export function layOut(rows: readonly Row[], { width, lineHeight, gap, heading }: Measures, groupOf: ((row: Row) => string) | null): Layout {
  const lines: Line[] = [];
  const sections: Section[] = [];
  let top = 0;
  let start = 0;
  const close = (end: number, sum: number, isLast: boolean) => {
    const inner = width - gap * (end - start - 1);
    const full = inner / sum;
    // The last line of a day keeps the usual height when it is not nearly full.
    const height = Math.round(isLast ? Math.min(full, lineHeight * 1.15) : full);
    const isFull = height === Math.round(full);
    const tiles: Tile[] = [];
    let left = 0;
    for (let index = start; index < end; index += 1) {
      const row = rows[index] as Row;
      const wide = isFull && index === end - 1 ? width - left : Math.round(ratioOf(row) * height);
      tiles.push({ row, index, left, width: wide });
      left += wide + gap;
    }
    lines.push({ top, height, tiles });
    top += height + gap;
    start = end;
  };
  let sum = 0;
  let day: string | null = null;
  rows.forEach((row, index) => {
    const group = groupOf?.(row) ?? null;
    if (group !== null && group !== day) {
      if (index > start) close(index, sum, true);
      sum = 0;
      day = group;
      if (sections.length > 0) top += gap * 2;
      sections.push({ day: group, top, count: 0, first: index });
      top += heading;
    }
    const section = sections[sections.length - 1];
    if (section) section.count += 1;
    const ratio = ratioOf(row);
    const next = sum + ratio;
    // Whichever height is nearer to the wanted one: with this photo or without.
    const within = (count: number, ratios: number) => (width - gap * (count - 1)) / ratios;
    if (index > start && within(index - start + 1, next) < lineHeight) {
      const without = within(index - start, sum);
      if (without - lineHeight < lineHeight - within(index - start + 1, next)) { close(index, sum, false); sum = ratio; return; }
      close(index + 1, next, false);
      sum = 0;
      return;
    }
    sum = next;
  });
  if (start < rows.length) close(rows.length, sum, true);
  return { lines, sections, height: top, tops: Float64Array.from(lines, (line) => line.top) };
}

/** The first and last line that can be seen between two heights. */
export function linesBetween(layout: Layout, from: number, to: number): [number, number] {
  const { tops, lines } = layout;
  const find = (value: number) => {
    let low = 0;
    let high = tops.length;
    while (low < high) { const middle = (low + high) >> 1; if ((tops[middle] as number) <= value) low = middle + 1; else high = middle; }
    return low;
  };
  return [Math.max(0, find(from) - 1), Math.min(lines.length - 1, find(to))];
}

export const lineOf = (layout: Layout, index: number): number => layout.lines.findIndex((line) => index <= ((line.tiles[line.tiles.length - 1]?.index) ?? -1));

/** The photo above or below, whichever is nearest across. */
export function neighbour(layout: Layout, index: number, by: 1 | -1): number {
  const at = lineOf(layout, index);
  const here = layout.lines[at]?.tiles.find((tile) => tile.index === index);
  const line = layout.lines[at + by];
  if (!here || !line) return index;
  const middle = here.left + here.width / 2;
  const away = (tile: Tile) => Math.abs(tile.left + tile.width / 2 - middle);
  return line.tiles.reduce((best, tile) => (away(tile) < away(best) ? tile : best), line.tiles[0] as Tile).index;
}
