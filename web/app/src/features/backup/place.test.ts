import { describe, expect, it } from "vitest";
import { kindOf, loginOf, noSecrets } from "./place.ts";

describe("a place for backups", () => {
  it("is a folder, a server or cloud storage by its address", () => {
    expect(["file:///a", "SFTP://a@b/c", "s3://k@h/bucket", "s3+http://k@h/bucket", "ftp://a@b", "/a", ""].map(kindOf)).toEqual(["folder", "sftp", "object-storage", "object-storage", null, null, null]);
  });

  it("gets only the secrets that were entered and that its kind takes", () => {
    const entered = { ...noSecrets(undefined), login: "secret", key: "KEY" };
    expect(loginOf("file:///a", entered)).toEqual({});
    expect(loginOf("sftp://a@b/c", entered)).toEqual({ login: { password: "secret" } });
    expect(loginOf("sftp://a@b/c", { ...entered, way: "key" })).toEqual({ login: { key: "KEY" } });
    expect(loginOf("sftp://a@b/c", { ...entered, way: "agent" })).toEqual({ login: { agent: true } });
    expect(loginOf("s3://k@h/bucket", { ...entered, way: "agent" })).toEqual({ login: { password: "secret" } });
    expect(loginOf("sftp://a@b/c", noSecrets("password"))).toEqual({});
  });
});
