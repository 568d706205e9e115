// From what a person enters about a place to its address, and back.

export type PlaceKind = "folder" | "sftp" | "ftps" | "ftps-implicit" | "ftp" | "archive";
export interface Place { kind: PlaceKind; /** A path of this machine, for a folder or an archive. */ path: string; host: string; port: string; user: string; folder: string }

export const kinds: { value: PlaceKind; title: string }[] = [
  { value: "folder", title: "A folder of this machine" },
  { value: "sftp", title: "A server with SFTP" },
  { value: "ftps", title: "A server with FTP over TLS (FTPS)" },
  { value: "ftps-implicit", title: "A server with implicit FTPS (port 990)" },
  { value: "ftp", title: "A server with FTP, unprotected" },
  { value: "archive", title: "A zip file to hand in" },
];

const ports: Record<PlaceKind, string> = { folder: "", archive: "", sftp: "22", ftps: "21", "ftps-implicit": "990", ftp: "21" };
const schemes: Record<PlaceKind, string> = { folder: "file", archive: "zip", sftp: "sftp", ftps: "ftps", "ftps-implicit": "ftps+implicit", ftp: "ftp" };

export const usualPort = (kind: PlaceKind) => ports[kind];
export const isServer = (kind: PlaceKind) => kind !== "folder" && kind !== "archive";
export const emptyPlace: Place = { kind: "folder", path: "", host: "", port: "", user: "", folder: "" };

const encode = (path: string) => path.split("/").map(encodeURIComponent).join("/");

/** A path becomes an address; an address stays what it is. */
function fileUrl(scheme: string, place: string): string {
  const text = place.trim();
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) return text;
  const path = text.replace(/\\/g, "/");
  return `${scheme}://${path.startsWith("/") ? "" : "/"}${encode(path).replace(/^([a-z])%3A/i, "$1:").replace(/^\/([a-z])%3A/i, "/$1:")}`;
}

export function toUrl(place: Place): string {
  if (!isServer(place.kind)) return fileUrl(schemes[place.kind], place.path);
  const host = place.host.trim();
  const address = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  const port = place.port.trim() && place.port.trim() !== ports[place.kind] ? `:${place.port.trim()}` : "";
  const user = place.user.trim() ? `${encodeURIComponent(place.user.trim())}@` : "";
  const folder = place.folder.trim().replace(/\/+$/, "");
  const path = place.kind === "sftp" && folder && !folder.startsWith("/") && !folder.startsWith("~") ? `~/${folder}` : folder;
  // Over FTP a path begins where one signs in; one that begins with a slash begins at the root of the server.
  return `${schemes[place.kind]}://${user}${address}${port}/${place.kind === "sftp" ? encode((path || "~").replace(/^\//, "")) : encode(path)}`;
}

const decoded = (text: string) => { try { return decodeURIComponent(text); } catch { return text; } };

export function toPlace(url: string): Place {
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(url) ?? [];
  const kind = (Object.keys(schemes) as PlaceKind[]).find((one) => schemes[one] === scheme.toLowerCase()) ?? (scheme.toLowerCase() === "ftpes" ? "ftps" : "folder");
  if (!isServer(kind)) return { ...emptyPlace, kind, path: decoded(rest) };
  const [, user = "", host = "", port = "", path = ""] = /^(?:([^@/]*)@)?(\[[^\]]*\]|[^:/]*)(?::(\d+))?(.*)$/.exec(rest) ?? [];
  const inner = decoded(path.replace(/^\//, ""));
  const folder = kind === "sftp" ? (inner.startsWith("~") ? inner.replace(/^~\/?/, "") : `/${inner}`) : inner;
  const implicit: PlaceKind = kind === "ftps" && port === "990" ? "ftps-implicit" : kind;
  return { kind: implicit, path: "", host: host.replace(/^\[|\]$/g, ""), port: port === ports[implicit] ? "" : port, user: decoded(user), folder };
}

/** What people call the place: a path, or the server and its folder. */
export function nameOf(url: string): string {
  const place = toPlace(url);
  return isServer(place.kind) ? decoded(url) : place.path;
}

/** Whether there is enough to save it. */
export const isWhole = (place: Place) => (isServer(place.kind) ? place.host.trim() !== "" && place.user.trim() !== "" : place.path.trim() !== "");
