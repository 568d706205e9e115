// A view whose code is fetched when it is needed, or before: once it is there it renders at once. (React's own `lazy`
// always shows its fallback first, and keeps that for a third of a second.)
import { use, type ComponentType } from "react";

export type LazyView<Props> = ComponentType<Props> & { preload: () => Promise<void> };

/** A promise that says how it went, in the fields that `use` reads: a kept one is taken without waiting. */
type Tracked<Value> = Promise<Value> & { status?: "pending" | "fulfilled" | "rejected"; value?: Value; reason?: unknown };

function track<Value>(promise: Promise<Value>): Tracked<Value> {
  const tracked: Tracked<Value> = promise;
  tracked.status = "pending";
  promise.then(
    (value) => { tracked.status = "fulfilled"; tracked.value = value; },
    (reason: unknown) => { tracked.status = "rejected"; tracked.reason = reason; },
  );
  return tracked;
}

/** How long a failure is kept: React asks again at once for the same view, and must get the same answer. */
export const failureIsKept = 1000;

export function lazyView<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyView<Props> {
  let loading: Tracked<ComponentType<Props>> | null = null;
  const start = () => {
    const started = track(load());
    started.catch(() => setTimeout(() => { if (loading === started) loading = null; }, failureIsKept));
    return started;
  };
  const component = () => (loading ??= start());
  function View(props: Props) {
    const Loaded = use<ComponentType<Props>>(component() as Promise<ComponentType<Props>>);
    return <Loaded {...props} />;
  }
  return Object.assign(View, { preload: () => component().then(() => undefined) });
}
