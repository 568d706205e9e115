// The server's event stream: keeps what is shown in step with what other windows and programs do.
import { urls } from "@accid/api-client/urls";
import { queryClient } from "./queries.ts";

export interface StudioEvent {
  type: string; project?: string; collection?: string; id?: string; etag?: string; by?: string; job?: string;
  done?: number; total?: number; message?: string; state?: string;
}
type Listener = (event: StudioEvent) => void;

const names = [
  "item-created", "item-updated", "item-moved", "item-deleted", "version-created", "job-progress", "job-done",
  "deploy-started", "deploy-progress", "deploy-done", "deploy-failed", "service-up", "service-down",
];
const listeners = new Set<Listener>();
let source: EventSource | null = null;
let timer = 0;

function refresh(event: StudioEvent) {
  if (event.type.startsWith("job-") || event.type === "deploy-progress") return;
  clearTimeout(timer);
  if (event.type.startsWith("service-")) {
    for (const key of ["connection", "services", "dropbox"]) void queryClient.invalidateQueries({ queryKey: [key] });
  }
  timer = window.setTimeout(() => {
    for (const key of ["projects", "project", "trash"]) void queryClient.invalidateQueries({ queryKey: [key] });
  }, 150);
}

function receive(type: string, text: string) {
  let event: StudioEvent;
  try {
    event = { ...(JSON.parse(text) as object), type };
  } catch {
    return;
  }
  refresh(event);
  listeners.forEach((listener) => listener(event));
}

/** Opens the stream once; the browser reconnects by itself and says which event it saw last. What happened while the
 * program was away nobody tells: then all listeners get `reconnected`. */
export function connectEvents() {
  if (source || typeof EventSource === "undefined") return;
  source = new EventSource(urls.events);
  let isLost = false;
  source.addEventListener("error", () => { isLost = true; });
  source.addEventListener("open", () => { if (isLost) receive("reconnected", "{}"); isLost = false; });
  for (const name of names) source.addEventListener(name, (event) => receive(name, (event as MessageEvent<string>).data));
}

export function onStudioEvent(listener: Listener): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}
