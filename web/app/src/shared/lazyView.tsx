// A view whose code is fetched when it is needed, or before: once it is there it renders at once. (React's own `lazy`
// always shows its fallback first, and keeps that for a third of a second.)
import { use, type ComponentType } from "react";

export type LazyView<Props> = ComponentType<Props> & { preload: () => Promise<void> };

export function lazyView<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyView<Props> {
  let Loaded: ComponentType<Props> | null = null;
  let loading: Promise<void> | null = null;
  const preload = () => (loading ??= load().then((component) => { Loaded = component; }, (error: unknown) => { loading = null; throw error; }));
  function View(props: Props) {
    if (!Loaded) use(preload());
    return Loaded ? <Loaded {...props} /> : null;
  }
  return Object.assign(View, { preload });
}
