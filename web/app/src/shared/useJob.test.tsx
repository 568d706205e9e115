// Long work: followed to its end, and asked to stop once, even before it has a name.
import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, expect, it, vi } from "vitest";
import { isStopped } from "./jobFailure.ts";
import { useJob, type Running } from "./useJob.ts";

afterEach(() => { vi.unstubAllGlobals(); });

it("tells that it is stopping until it has stopped", async () => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  const asked: string[] = [];
  let state = "running";
  const stub = vi.fn((url: string, options: RequestInit) => {
    asked.push(`${options.method ?? "GET"} ${url}`);
    if (options.method === "DELETE") state = "cancelled";
    return Promise.resolve(new Response(JSON.stringify({ id: "7", state, done: 1, total: 2, message: "", problem: state === "cancelled" ? "Stopped." : null }), { status: 200 }));
  });
  vi.stubGlobal("fetch", stub);
  let work: Running<unknown> | undefined;
  const Watch = () => { work = useJob(); return <p>{String(work.stopping)}</p>; };
  const box = document.createElement("div");
  const root = createRoot(box);
  act(() => root.render(<Watch />));
  let failure: unknown;
  await act(async () => {
    const end = work?.start("/do", {}).catch((error: unknown) => { failure = error; });
    work?.cancel();
    work?.cancel();
    await vi.waitFor(() => expect(asked.some((one) => one.startsWith("DELETE"))).toBe(true));
    await end;
  });
  expect(asked.filter((one) => one.startsWith("DELETE"))).toHaveLength(1);
  expect(isStopped(failure)).toBe(true);
  expect(box.textContent).toBe("false");
  act(() => root.unmount());
});
