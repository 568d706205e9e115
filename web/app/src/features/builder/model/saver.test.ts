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
  /** Answers of the page itself wait for it. */
  gate: Promise<void> = Promise.resolve();
  fetch = async (_url: string, init?: RequestInit): Promise<Response> => {
    if (!init?.method || init.method === "GET") {
      const answer = Response.json({ success: true, data: this.page });
      await this.gate;
      if (this.isDown) throw new TypeError("Failed to fetch");
      return answer;
    }
    if (this.isDown) throw new TypeError("Failed to fetch");
    if (init?.method === "PATCH") {
      if (new Headers(init.headers).get("if-match") !== `"${this.page.etag}"`) return Response.json({ title: "Stale", status: 412, error: "Stale" }, { status: 412 });
      const patch = JSON.parse(init.body as string) as PatchOperation[];
      this.patches.push(patch);
      this.page = { ...(applyPatch(pageOf(this.page), patch) as unknown as PageView), etag: String(Number(this.page.etag) + 1) };
    }
    return Response.json({ success: true, data: this.page });
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
    await vi.advanceTimersByTimeAsync(300);
    expect(kept()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(server.patches).toEqual([[{ op: "replace", path: "/title", value: "Hello" }]]);
    expect(session.getState()).toMatchObject({ save: "saved", etag: "2" });
    expect(kept()).toHaveLength(0);
  });

  it("keeps the draft in the browser at once when the page is left, whatever still waits", () => {
    retitle("Hel");
    retitle("Hello");
    expect(kept()).toHaveLength(0);
    window.dispatchEvent(new Event("pagehide"));
    expect(JSON.parse(localStorage.getItem(kept()[0] ?? "") ?? "{}")).toMatchObject({ etag: "1", base: { title: "Home" }, draft: { title: "Hello" } });
  });

  it("writes the draft down a few times a second, not with every key", async () => {
    const write = vi.spyOn(Storage.prototype, "setItem");
    for (let letters = 1; letters <= 20; letters += 1) {
      retitle("x".repeat(letters));
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(write.mock.calls.filter(([key]) => key.startsWith("accid.unsaved/")).length).toBeLessThanOrEqual(4);
    expect(localStorage.getItem(kept()[0] ?? "")).toContain(`"title":"${"x".repeat(16)}`);
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
    expect(session.getState().conflict?.conflicts.map((one) => one.key)).toEqual(["page/title"]);
    expect(kept()).toHaveLength(1);
    await saver.resolve({ "page/title": "mine" });
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

  const hold = () => { let open = () => {}; server.gate = new Promise((done) => { open = done; }); return () => { server.gate = Promise.resolve(); open(); }; };

  it("keeps what is typed while the page of another window is on its way", async () => {
    server.page = view("Home", "5", "theirs");
    const release = hold();
    retitle("M");
    await vi.advanceTimersByTimeAsync(500);
    retitle("Mine, all of it");
    release();
    await vi.advanceTimersByTimeAsync(1500);
    expect(session.getState()).toMatchObject({ save: "saved", page: { title: "Mine, all of it" } });
    expect(server.page).toMatchObject({ title: "Mine, all of it", modules: [{ props: { label: "theirs" } }] });
  });

  it("does not go back to a page that comes later than what was saved meanwhile", async () => {
    const release = hold();
    void saver.follow("other");
    retitle("Typed meanwhile");
    await vi.advanceTimersByTimeAsync(1500);
    expect(session.getState().save).toBe("saved");
    release();
    await vi.advanceTimersByTimeAsync(100);
    expect(session.getState()).toMatchObject({ etag: "2", save: "saved", page: { title: "Typed meanwhile" } });
  });

  it("lets a decision wait, and keeps what is typed until it is made", async () => {
    server.page = view("Theirs", "5");
    retitle("Mine");
    await vi.advanceTimersByTimeAsync(1500);
    session.setState({ deciding: false });
    retitle("Mine, and more");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.page.title).toBe("Theirs");
    await saver.resolve({ "page/title": "mine" });
    expect(server.page.title).toBe("Mine, and more");
  });

  it("asks again when the tab was closed before the decision", async () => {
    server.page = view("Theirs", "5");
    retitle("Mine");
    await vi.advanceTimersByTimeAsync(1500);
    saver.close();
    session = createSession("demo", server.page);
    saver = startSaver(session);
    await vi.advanceTimersByTimeAsync(1000);
    expect(session.getState()).toMatchObject({ save: "conflict", deciding: true, page: { title: "Mine" } });
    await saver.resolve({ "page/title": "theirs" });
    expect(session.getState()).toMatchObject({ save: "saved", page: { title: "Theirs" } });
    expect(kept()).toHaveLength(0);
  });

  it("brings back what two closed tabs left, one after the other", async () => {
    const left = (name: string, draft: PageView, at: number) => localStorage.setItem(`accid.unsaved/demo/p/${name}`, JSON.stringify({ etag: "1", base: view("Home", "1"), draft, at }));
    left("one", view("A title", "1"), 1);
    left("two", view("Home", "1", "a label"), 2);
    saver.close();
    session = createSession("demo", server.page);
    saver = startSaver(session);
    await vi.advanceTimersByTimeAsync(1500);
    expect(server.page).toMatchObject({ title: "A title", modules: [{ props: { label: "a label" } }] });
    expect(kept()).toHaveLength(0);
  });

  it("follows what another window saved", async () => {
    server.page = view("From elsewhere", "7");
    await saver.follow("7");
    expect(session.getState()).toMatchObject({ etag: "7", save: "saved", page: { title: "From elsewhere" } });
  });
});
