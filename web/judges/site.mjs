// An exported site as the judges see it: its pages, and a small server that shows it in a sub-folder.
import { readFile, readdir, stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { gzipSync } from "node:zlib";

/** Every HTML page of the folder, relative to it, with `/`, sorted. */
export async function pagesOf(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .map((name) => name.split(path.sep).join("/"))
    .sort();
}

const TYPES = {
  ".avif": "image/avif",
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

/** The sub-folder that the server shows the site in, so that links to the root of the host are found out. */
export const SUBFOLDER = "/some/folder/";

const isText = (type) => /^text\/|json|javascript|svg|xml/.test(type);

/** Serves the folder below SUBFOLDER on a free port of this machine, texts with gzip as hosts do; all else is 404. */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const where = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    if (!where.startsWith(SUBFOLDER)) return response.writeHead(404).end("not in the sub-folder");
    let file = path.join(folder, path.posix.normalize(`/${where.slice(SUBFOLDER.length)}`));
    try {
      if ((await stat(file)).isDirectory()) file = path.join(file, "index.html");
      await stat(file);
    } catch {
      return response.writeHead(404).end("not there");
    }
    const type = TYPES[path.extname(file)] ?? "application/octet-stream";
    const small = isText(type) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    const headers = { "content-type": type, "cache-control": "max-age=600" };
    const bytes = await readFile(file);
    if (!small) return response.writeHead(200, { ...headers, "content-length": bytes.length }).end(bytes);
    response.writeHead(200, { ...headers, "content-encoding": "gzip", vary: "accept-encoding" }).end(gzipSync(bytes));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { origin, url: origin + SUBFOLDER, close };
}
