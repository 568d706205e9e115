// Sends one file and tells how far it is. `fetch` cannot tell that, so this is an XMLHttpRequest.
import { ApiError } from "./client.ts";
import type { Problem } from "./types.ts";

export interface UploadOptions { onProgress?: (sent: number, total: number) => void; signal?: AbortSignal }

function problemOf(request: XMLHttpRequest): Problem {
  const title = `The server answered ${request.status}`;
  try {
    const problem = JSON.parse(request.responseText) as Partial<Problem>;
    return { ...problem, title: problem.title ?? title, error: problem.error ?? problem.title ?? title, status: request.status };
  } catch {
    return { title, error: title, status: request.status };
  }
}

/** Resolves with the data of the answer; rejects with `ApiError`, or with an `AbortError` when it was cancelled. */
export function uploadFile<T>(url: string, file: File, { onProgress, signal }: UploadOptions = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("files", file);
    const abort = () => request.abort();
    const settle = (act: () => void) => { signal?.removeEventListener("abort", abort); act(); };
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) onProgress?.(event.loaded, event.total); });
    request.addEventListener("load", () => settle(() => {
      if (request.status < 200 || request.status >= 300) { reject(new ApiError(problemOf(request))); return; }
      try {
        resolve((JSON.parse(request.responseText) as { data: T }).data);
      } catch {
        reject(new ApiError({ title: "The answer makes no sense", error: "The answer makes no sense", status: request.status }));
      }
    }));
    request.addEventListener("error", () => settle(() => reject(new ApiError({ title: "ACCID does not answer", error: "ACCID does not answer", status: 0, detail: "The connection broke while the picture was sent. Add it again." }))));
    request.addEventListener("abort", () => settle(() => reject(new DOMException("Cancelled", "AbortError"))));
    if (signal?.aborted) { reject(new DOMException("Cancelled", "AbortError")); return; }
    signal?.addEventListener("abort", abort, { once: true });
    request.open("POST", url);
    request.setRequestHeader("accept", "application/json");
    request.send(form);
  });
}

/** Where an upload in parts stands. */
interface Part<T> { id: string; received: number; photo?: T; refused?: { name: string; reason: string } }
interface PartAddresses { begin: string; part: (id: string) => string }

const partSize = 4_000_000;
const tries = 6;

async function answerOf<T>(response: Response): Promise<T> {
  const body = await response.json().catch(() => null) as { data?: T } & Partial<Problem> | null;
  if (!response.ok) throw new ApiError({ ...(body ?? {}), title: body?.title ?? response.statusText, error: body?.error ?? body?.title ?? response.statusText, status: response.status });
  return (body?.data ?? body) as T;
}

/** Sends a large file in parts. When the connection breaks, it goes on from what has arrived, after a restart of the program
 * too. Resolves as `uploadFile` does. */
export async function uploadInParts<T>(addresses: PartAddresses, file: File, { onProgress, signal }: UploadOptions = {}): Promise<{ items: T[]; refused: { name: string; reason: string }[] }> {
  const ask = (url: string, init: RequestInit) => fetch(url, { ...init, signal: signal ?? null });
  let state: Part<T> | null = null;
  for (let failures = 0; ;) {
    try {
      state ??= await answerOf<Part<T>>(await ask(addresses.begin, { method: "POST", headers: { "content-type": "application/json", accept: "application/json" }, body: JSON.stringify({ name: file.name, bytes: file.size }) }));
      if (failures > 0) state = await answerOf<Part<T>>(await ask(addresses.part(state.id), { headers: { accept: "application/json" } }));
      while (state.received < file.size || (!state.photo && !state.refused)) {
        const from: number = state.received;
        const body = file.slice(from, from + partSize);
        state = await answerOf<Part<T>>(await ask(addresses.part(state.id), { method: "PATCH", headers: { "upload-offset": String(from), "content-type": "application/offset+octet-stream", accept: "application/json" }, body }));
        failures = 0;
        onProgress?.(state.received, file.size);
      }
      return { items: state.photo ? [state.photo] : [], refused: state.refused ? [state.refused] : [] };
    } catch (error) {
      if (signal?.aborted) throw error;
      const isLost = !(error instanceof ApiError) || error.status >= 500;
      failures += 1;
      if (!isLost || failures >= tries) throw error instanceof ApiError ? error : new ApiError({ title: "ACCID does not answer", error: "ACCID does not answer", status: 0, detail: "The connection broke while the photo was sent. Add it again; it goes on from where it was." });
      await new Promise((resolve) => setTimeout(resolve, 400 * 2 ** failures));
    }
  }
}
