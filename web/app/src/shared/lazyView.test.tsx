// A view that is fetched: shown when it is there, at once when it was there before, and tried again after a failure.
import { act, Component, StrictMode, Suspense, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { failureIsKept, lazyView } from "./lazyView.tsx";

class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() { return { failed: true }; }
  override render() { return this.state.failed ? "failed" : this.props.children; }
}

const Hello = ({ name }: { name: string }) => <p>Hello {name}</p>;

describe("a fetched view", () => {
  let box: HTMLElement;
  let root: Root;
  const complaints = vi.fn();
  const show = (view: ReactNode, key = "1") => act(async () => {
    root.render(<StrictMode><Boundary key={key}><Suspense fallback="waiting">{view}</Suspense></Boundary></StrictMode>);
    await Promise.resolve();
  });
  beforeEach(() => {
    vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
    complaints.mockReset();
    vi.spyOn(console, "error").mockImplementation(complaints);
    box = document.createElement("div");
    root = createRoot(box);
  });
  afterEach(() => { act(() => root.unmount()); vi.unstubAllGlobals(); vi.useRealTimers(); });

  it("waits for its code, without a word from React about hooks", async () => {
    let arrive: (view: typeof Hello) => void = () => undefined;
    const View = lazyView(() => new Promise<typeof Hello>((done) => { arrive = done; }));
    await show(<View name="Ada" />);
    expect(box.textContent).toBe("waiting");
    await act(async () => { arrive(Hello); await Promise.resolve(); });
    expect(box.textContent).toBe("Hello Ada");
    await show(<View name="Grace" />);
    expect(box.textContent).toBe("Hello Grace");
    expect(complaints).not.toHaveBeenCalled();
  });

  it("is there at once when its code was fetched before", async () => {
    const load = vi.fn(() => Promise.resolve(Hello));
    const View = lazyView(load);
    await View.preload();
    act(() => root.render(<StrictMode><Suspense fallback="waiting"><View name="Ada" /></Suspense></StrictMode>));
    expect(box.textContent).toBe("Hello Ada");
    expect(load).toHaveBeenCalledTimes(1);
    expect(complaints).not.toHaveBeenCalled();
  });

  it("says that it failed, does not ask for ever, and is tried again when one comes back", async () => {
    vi.useFakeTimers();
    const load = vi.fn<() => Promise<typeof Hello>>(() => Promise.reject(new Error("The program does not answer.")));
    const View = lazyView(load);
    await show(<View name="Ada" />);
    await act(() => vi.advanceTimersByTimeAsync(10));
    expect(box.textContent).toBe("failed");
    expect(load).toHaveBeenCalledTimes(1);
    await act(() => vi.advanceTimersByTimeAsync(failureIsKept));
    load.mockImplementation(() => Promise.resolve(Hello));
    await show(<View name="Ada" />, "2");
    await act(() => vi.advanceTimersByTimeAsync(10));
    expect(box.textContent).toBe("Hello Ada");
  });
});
