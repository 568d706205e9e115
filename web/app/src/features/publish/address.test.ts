import { describe, expect, it } from "vitest";
import { emptyPlace, isWhole, nameOf, toPlace, toUrl, type Place } from "./address.ts";

const place = (changes: Partial<Place>): Place => ({ ...emptyPlace, ...changes });

describe("the address of a place", () => {
  it("is that of a file for a folder and an archive", () => {
    expect(toUrl(place({ path: "/home/ada/my site" }))).toBe("file:///home/ada/my%20site");
    expect(toUrl(place({ path: "C:\\sites\\one" }))).toBe("file:///C:/sites/one");
    expect(toUrl(place({ path: "file:///srv/www" }))).toBe("file:///srv/www");
    expect(toUrl(place({ kind: "archive", path: "/home/ada/site.zip" }))).toBe("zip:///home/ada/site.zip");
  });

  it("names who signs in where, and leaves the usual port out", () => {
    const server = { host: "example.org", user: "a@b", folder: "/srv/www/" };
    expect(toUrl(place({ kind: "sftp", ...server, port: "22" }))).toBe("sftp://a%40b@example.org/srv/www");
    expect(toUrl(place({ kind: "sftp", ...server, folder: "public_html" }))).toBe("sftp://a%40b@example.org/~/public_html");
    expect(toUrl(place({ kind: "sftp", ...server, folder: "" }))).toBe("sftp://a%40b@example.org/~");
    expect(toUrl(place({ kind: "ftps", ...server, port: "2121", folder: "my site" }))).toBe("ftps://a%40b@example.org:2121/my%20site");
    expect(toUrl(place({ kind: "ftps-implicit", host: "::1", user: "u" }))).toBe("ftps+implicit://u@[::1]/");
  });

  it("reads back as it was entered", () => {
    for (const one of [
      place({ path: "/srv/www" }), place({ kind: "archive", path: "/out/ü.zip" }),
      place({ kind: "sftp", host: "example.org", user: "a@b", folder: "/srv/www" }), place({ kind: "sftp", host: "h", user: "u", folder: "public_html", port: "2222" }),
      place({ kind: "ftps", host: "h", user: "u", folder: "www/a b" }), place({ kind: "ftps-implicit", host: "::1", user: "u", folder: "www" }), place({ kind: "ftp", host: "h", user: "u" }),
    ]) expect(toPlace(toUrl(one))).toEqual(one);
  });

  it("is called by what people know it by, and nothing odd breaks it", () => {
    expect(nameOf("file:///home/ada/my%20site")).toBe("/home/ada/my site");
    expect(nameOf("sftp://u@h/srv")).toBe("sftp://u@h/srv");
    expect(toPlace("").kind).toBe("folder");
    expect(toPlace("file:///%zz").path).toBe("/%zz");
    expect(isWhole(place({ kind: "sftp", host: "h" }))).toBe(false);
    expect(isWhole(place({ kind: "sftp", host: "h", user: "u" }))).toBe(true);
  });
});
