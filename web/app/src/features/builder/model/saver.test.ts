// How a draft comes to the server: after a pause, again when it was away, merged when somebody was faster.
import type { PageDocument, PageView, PatchOperation } from "@accid/api-client/types";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { applyPatch } from "./patch.ts";
import { startSaver, type Saver } from "./saver.ts";
import { change, createSession, pageOf, type SessionStore } from "./session.ts";

const view = (title: string, etag: string, label = "a"): PageView => ({ id: "p", slug: "p", title, path: "p.html", etag, findings: [], modules: [{ id: "m", type: "text", version: 1, props: { label } }] });

/** A server with one page, which takes patches by their If-Match. */
class FakeServer {
  page = view("Home", "1");
  isDown = false;
  patches: PatchOperation[][] = [];
  fetch = (_url: string, init?: RequestInit): Promise<Response> => {
    if (this.isDown) return Promise.reject(new TypeError("Failed to fetch"));
    if (init?.method === "PATCH") {
      if (new Headers(init.headers).get("if-match") !== `"${this.page.etag}"`) return Promise.resolve(Response.json({ title: "Stale", status: 412, error: "Stale" }, { status: 412 }));
      const patch = JSON.parse(init.body as string) as PatchOperation[];
      this.patches.push(patch);
      this.page = { ...(applyPatch(pageOf(this.page), patch) as unknown as PageView), etag: String(Number(this.page.etag) + 1) };
    }
    return Promise.resolve(Response.json({ success: true, data: this.page }));
  };
}

describe("saving", () => {
  let server: FakeServer;
  let session: SessionStore;
  let saver: Saver;
  const kept = () => Object.keys(localStorage).filter((name) => name.startsWith("accid.unsaved/"));
  const retitle = (title: string) => change(session, (page: PageDocument) => ({ ...page, title }), { title: "Edit", key: "title" });

  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
    server = new FakeServer();
    vi.stubGlobal("fetch", server.fetch);
    session = createSession("demo", server.page);
    saver = startSaver(session);
  });
  afterEach(() => { saver.close(); vi.useRealTimers(); vi.unstubAllGlobals(); });

  it("waits for a pause of at most half a second and sends one small patch", async () => {
    retitle("H");
    retitle("Hello");
    expect(session.getState().save).toBe("dirty");
    expect(kept()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(500);
    expect(server.patches).toEqual([[{ op: "replace", path: "/title", value: "Hello" }]]);
    expect(session.getState()).toMatchObject({ save: "saved", etag: "2" });
    expect(kept()).toHaveLength(0);
  });

  it("keeps the draft while the server is away and sends it when it is back", async () => {
    server.isDown = true;
    retitle("In the dark");
    await vi.advanceTimersByTimeAsync(3000);
    expect(session.getState().save).toBe("offline");
    expect(kept()).toHaveLength(1);
    server.isDown = false;
    await vi.advanceTimersByTimeAsync(16_000);
    expect(session.getState().save).toBe("saved");
    expect(server.page.title).toBe("In the dark");
  });

  it("takes over what a closed tab left behind", async () => {
    server.isDown = true;
    retitle("Left behind");
    saver.close();
    server.isDown = false;
    session = createSession("demo", server.page);
    saver = startSaver(session);
    await vi.advanceTimersByTimeAsync(1000);
    expect(session.getState().page.title).toBe("Left behind");
    expect(server.page.title).toBe("Left behind");
  });

  it("merges what somebody else changed, when it is something else", async () => {
    server.page = view("Home", "5", "theirs");
    retitle("Mine");
    await vi.advanceTimersByTimeAsync(1500);
    expect(session.getState()).toMatchObject({ save: "saved", conflict: null });
    expect(server.page).toMatchObject({ title: "Mine", modules: [{ props: { label: "theirs" } }] });
  });

  it("asks when both changed the same, and keeps what was chosen", async () => {
    server.page = view("Theirs", "5");
    retitle("Mine");
    await vi.advanceTimersByTimeAsync(1500);
    expect(session.getState().save).toBe("conflict");
    expect(session.getState().conflict?.conflicts.map((one) => one.key)).toEqual(["page"]);
    expect(kept()).toHaveLength(1);
    await saver.resolve({ page: "mine" });
    expect(server.page.title).toBe("Mine");
    expect(session.getState().save).toBe("saved");
  });

  it("says why when the server refuses, and does not try the same again", async () => {
    vi.stubGlobal("fetch", vi.fn(() => Promise.resolve(Response.json({ title: "Invalid", status: 422, error: "No", detail: "The title is too long." }, { status: 422 }))));
    retitle("x".repeat(9999));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(session.getState()).toMatchObject({ save: "refused", problem: "The title is too long." });
    expect(vi.mocked(fetch)).toHaveBeenCalledTimes(1);
    expect(kept()).toHaveLength(1);
  });

  it("follows what another window saved", async () => {
    server.page = view("From elsewhere", "7");
    await saver.follow("7");
    expect(session.getState()).toMatchObject({ etag: "7", save: "saved", page: { title: "From elsewhere" } });
  });
});
