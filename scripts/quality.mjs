// Puts what the long tests found into docs/quality.md: every file NAME.md of the folder, written by the suite of that name
// and opening with `# Title`, becomes a section, with the rows of its table that lie in the folder NAME; sections of suites
// that did not run this time stay as they are.
// Usage: node scripts/quality.mjs FOLDER docs/quality.md
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tableOf } from "../web/judges/quality.mjs";

const [folder, file] = process.argv.slice(2);
const HEAD = `# Quality

<!-- Written by \`make test-full\`: each section by the suite that is named in its mark. -->

What the long form of the tests found when it last ran.
`;

if (!existsSync(folder)) process.exit(0);
const pages = await tableOf(folder);
if (pages) writeFileSync(path.join(folder, "pages.md"), pages);

let text = existsSync(file) ? readFileSync(file, "utf8") : "";
if (!text.startsWith("# Quality\n")) text = HEAD;
for (const name of readdirSync(folder).filter((entry) => entry.endsWith(".md")).sort()) {
  const suite = name.slice(0, -".md".length);
  const [open, close] = [`<!-- suite: ${suite} -->`, `<!-- end: ${suite} -->`];
  const rows = path.join(folder, suite);
  const table = existsSync(rows) ? readdirSync(rows).sort().map((row) => readFileSync(path.join(rows, row), "utf8")) : [];
  const page = `${readFileSync(path.join(folder, name), "utf8").trim()}\n${table.join("")}`;
  const section = `${open}\n\n${page.trim().replace(/^#/gm, "##")}\n\n${close}`;
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  text = from >= 0 && to > from ? text.slice(0, from) + section + text.slice(to + close.length) : `${text.trimEnd()}\n\n${section}\n`;
}
writeFileSync(file, text);
