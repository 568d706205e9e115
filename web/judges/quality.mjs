// What the judges found of pages, and the table of it. Each judge keeps its part in a file; the table joins them.
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { SCHEMES } from "./plan.mjs";

const HEAD = `# Exported pages

Every page of the demo in every theme, light and dark, and every built-in pattern in every theme (both sides in one
row; the sections stand together on three pages), and a photo story in each of its ways, by every judge: the Nu HTML
checker, html-validate (standard), axe (WCAG 2.2 AA, at 360, 768 and 1366 px), Lighthouse 12 on a phone with a slow
line (performance, accessibility, best practices, SEO), layout shift while fonts and pictures come late and the whole
page is scrolled (the largest of the three widths), HTML and CSS with gzip, and the fonts the page loads. Performance
differs by a point or two from run to run; the best of up to three is kept.

| page | theme | side | Nu | html-validate | axe | Lighthouse | shift | HTML + CSS | fonts |
|---|---|---|---|---|---|---|---|---|---|
`;

const PART = ".pages.json";

const keyOf = ({ page, theme, side }) => `${page} ${theme} ${side}`;

/** Collects what one judge says of pages; `row` gives the entry of a page in a theme on a side. */
export class Quality {
  #rows = new Map();

  row(page, theme, side) {
    const key = keyOf({ page, theme, side });
    if (!this.#rows.has(key)) this.#rows.set(key, { page, theme, side, complaints: {} });
    return this.#rows.get(key);
  }

  /** The rows of a site's page. Two sides of a pattern or story share what is said of both, so they are one row. */
  rowsOf({ kind, theme }, page, schemes = SCHEMES) {
    if (kind === "demo") return schemes.map((scheme) => this.row(page, theme, scheme));
    if (kind === "story") return [this.row(`story as ${theme}: ${page}`, "its own", "both")];
    return kind === "patterns" ? [this.row(`pattern: ${page}`, theme, "both")] : [];
  }

  /** Keeps the rows in the folder, as this judge's part of the table. */
  async write(folder, judge) {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, judge + PART), JSON.stringify([...this.#rows.values()]));
  }
}

/** The table in Markdown of all parts in the folder; nothing when there is none. */
export async function tableOf(folder) {
  const parts = (await readdir(folder)).filter((name) => name.endsWith(PART)).sort();
  if (parts.length === 0) return null;
  const rows = new Map();
  for (const part of parts) {
    for (const row of JSON.parse(await readFile(path.join(folder, part), "utf8"))) {
      const key = keyOf(row);
      const known = rows.get(key);
      rows.set(key, { ...known, ...row, complaints: { ...known?.complaints, ...row.complaints } });
    }
  }
  const count = (row, judge) => row.complaints[judge] ?? "–";
  const kilobytes = (bytes) => (bytes === undefined ? "–" : `${(bytes / 1024).toFixed(1)} KB`);
  const scores = ({ scores }) => (scores ? [scores.performance, scores.accessibility, scores.practices, scores.seo].join(" / ") : "–");
  const lines = [...rows.values()].map((row) =>
    [row.page, row.theme, row.side, count(row, "nu"), count(row, "standard"), count(row, "axe"), scores(row),
      row.shift === undefined ? "–" : row.shift.toFixed(4), kilobytes(row.weight), kilobytes(row.fonts)].join(" | "),
  );
  return `${HEAD}${lines.sort().map((line) => `| ${line} |`).join("\n")}\n`;
}
