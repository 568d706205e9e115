// What closed windows could not send is sent when ACCID is there again, whatever page is open then.
import type { PageView, PatchOperation } from "@accid/api-client/types";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useAnnouncements } from "../../../shared/announce.ts";
import { sendLeftBehind } from "./leftBehind.ts";
import { applyPatch } from "./patch.ts";
import { pageOf } from "./session.ts";

const page = (id: string, title: string, text = "a", etag = "1"): PageView => ({ id, slug: id, title, path: `${id}.html`, etag, modules: [{ id: `${id}-m`, type: "text", version: 1, props: { text } }] });
const document = ({ path: _, etag: __, ...rest }: PageView) => rest;
const leave = (tab: string, base: PageView, draft: PageView) => localStorage.setItem(`accid.unsaved/site/${base.id}/${tab}`, JSON.stringify({ etag: base.etag, base: document(base), draft: document(draft), at: 1 }));
const kept = () => Object.keys(localStorage).filter((key) => key.startsWith("accid.unsaved/"));
const told = () => useAnnouncements.getState().toasts.map((toast) => toast.message);

describe("what was left behind", () => {
  let server: Record<string, PageView>;
  let isDown = false;
  const patched: string[] = [];
  const answer = (url: string, init?: RequestInit): Promise<Response> => {
    const id = url.split("/").at(-1) ?? "";
    const now = server[id];
    if (isDown) return Promise.reject(new TypeError("Failed to fetch"));
    if (!now) return Promise.resolve(Response.json({ title: "Gone", status: 404, error: "Gone" }, { status: 404 }));
    if (init?.method === "PATCH") {
      patched.push(id);
      server[id] = { ...(applyPatch(pageOf(now), JSON.parse(init.body as string) as PatchOperation[]) as unknown as PageView), etag: "2" };
    }
    return Promise.resolve(Response.json({ success: true, data: server[id] }));
  };
  beforeEach(() => {
    localStorage.clear();
    patched.length = 0;
    isDown = false;
    server = { one: page("one", "One"), two: page("two", "Two"), three: page("three", "Three") };
    useAnnouncements.setState({ toasts: [] });
    vi.stubGlobal("fetch", vi.fn(answer));
  });
  afterEach(() => vi.unstubAllGlobals());

  it("is sent page by page, but for the page that is open", async () => {
    leave("closed", page("one", "One"), page("one", "One, and more"));
    leave("closed", page("two", "Two"), page("two", "Two", "typed"));
    leave("closed", page("three", "Three"), page("three", "Three, open"));
    await sendLeftBehind("three");
    expect(patched).toEqual(["one", "two"]);
    expect([server["one"]?.title, server["two"]?.modules[0]?.props["text"], server["three"]?.title]).toEqual(["One, and more", "typed", "Three"]);
    expect(kept()).toEqual(["accid.unsaved/site/three/closed"]);
    expect(told()).toHaveLength(2);
  });

  it("comes together with what somebody else changed, and asks when it was the same", async () => {
    leave("closed", page("one", "One"), page("one", "Mine"));
    server["one"] = page("one", "One", "theirs", "5");
    leave("closed", page("two", "Two"), page("two", "Mine"));
    server["two"] = page("two", "Theirs", "a", "5");
    await sendLeftBehind(null);
    expect(server["one"]).toMatchObject({ title: "Mine", modules: [{ props: { text: "theirs" } }] });
    expect(server["two"]?.title).toBe("Theirs");
    expect(kept()).toEqual(["accid.unsaved/site/two/closed"]);
    expect(told().some((message) => message.includes("Open it to decide"))).toBe(true);
  });

  it("is kept while ACCID is away, and while the page is in the trash; what says nothing new goes", async () => {
    leave("closed", page("one", "One"), page("one", "Mine"));
    leave("closed", page("gone", "Gone"), page("gone", "Mine"));
    leave("closed", page("two", "Two"), page("two", "Two"));
    isDown = true;
    await sendLeftBehind(null);
    expect(kept()).toHaveLength(3);
    isDown = false;
    await sendLeftBehind(null);
    expect(kept()).toEqual(["accid.unsaved/site/gone/closed"]);
    expect(server["one"]?.title).toBe("Mine");
  });
});
