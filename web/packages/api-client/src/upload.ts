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
