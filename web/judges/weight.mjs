// The judge of weight: what a page needs before anything is seen, as hosts send it.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";

/** What HTML and style sheets of a page may weigh with gzip, in bytes. */
export const LIMIT = 30 * 1024;

/** HTML and style sheets of a page with gzip, in bytes. */
export async function weightOf(folder, page) {
  const html = await readFile(path.join(folder, page));
  const sheets = [...html.toString().matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) => href);
  let bytes = gzipSync(html).length;
  for (const sheet of sheets) {
    bytes += gzipSync(await readFile(path.join(folder, path.dirname(page), decodeURI(sheet)))).length;
  }
  return bytes;
}
