// One function to talk to the server: opens the envelope, keeps the ETag, turns failures into `ApiError`.
import type { List, Problem } from "./types.ts";

export class ApiError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail ?? problem.error ?? problem.title);
    this.name = "ApiError";
    this.problem = problem;
  }
  get status() { return this.problem.status; }
  /** The server could not be reached, or is not able to answer just now: trying again may help. */
  get isTransient() { return this.status === 0 || this.status === 502 || this.status === 504; }
}

export interface Answer<T> { data: T; etag: string | null; status: number; message?: string }
export interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  form?: FormData;
  /** The body as it is. */
  file?: Blob;
  ifMatch?: string;
  patch?: boolean;
  signal?: AbortSignal;
  keepalive?: boolean;
}

const unreachable: Problem = {
  title: "ACCID does not answer", status: 0, error: "ACCID does not answer",
  detail: "The program does not answer. Is it still running? What you typed is kept in this browser until it is back.",
};

async function readProblem(response: Response): Promise<Problem> {
  try {
    const problem = await response.json() as Partial<Problem>;
    const title = problem.title ?? response.statusText;
    return { ...problem, title, status: response.status, error: problem.error ?? title };
  } catch {
    const title = `The server answered ${response.status}`;
    return { title, status: response.status, error: title };
  }
}

function headersFor(options: RequestOptions): Headers {
  const headers = new Headers({ accept: "application/json" });
  if (options.body !== undefined) headers.set("content-type", options.patch ? "application/json-patch+json" : "application/json");
  if (options.ifMatch) headers.set("if-match", `"${options.ifMatch}"`);
  return headers;
}

/** Sends a request and returns the data of its answer with the ETag, which is without quotes. */
export async function send<T>(url: string, options: RequestOptions = {}): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: options.method ?? (options.body !== undefined || options.form || options.file ? "POST" : "GET"),
      headers: headersFor(options),
      body: options.form ?? options.file ?? (options.body === undefined ? null : JSON.stringify(options.body)),
      signal: options.signal ?? null,
      keepalive: options.keepalive ?? false,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(unreachable);
  }
  if (!response.ok) throw new ApiError(await readProblem(response));
  const etag = response.headers.get("etag")?.replace(/^W\//, "").replace(/"/g, "") ?? null;
  const body = response.status === 204 ? {} : await response.json() as Record<string, unknown>;
  const data = (typeof body === "object" && "success" in body ? body["data"] : body) as T;
  const message = typeof body["message"] === "string" ? body["message"] : undefined;
  return { data, etag, status: response.status, ...(message ? { message } : {}) };
}

const perPage = 200;

/** All items of a list, page after page. */
export async function list<T>(url: string): Promise<T[]> {
  const items: T[] = [];
  for (let page = 1; ; page += 1) {
    const part = await request<List<T>>(`${url}${url.includes("?") ? "&" : "?"}perPage=${perPage}&page=${page}`);
    items.push(...part.items);
    if (part.items.length < perPage || items.length >= part.total) return items;
  }
}

/** As `send`, for those who need only the data. */
export const request = async <T>(url: string, options?: RequestOptions): Promise<T> => (await send<T>(url, options)).data;

/** The text of an answer that is no JSON, such as a drawing. */
export async function requestText(url: string, method: "GET" | "POST" = "GET"): Promise<string> {
  const response = await fetch(url, { method }).catch(() => { throw new ApiError(unreachable); });
  if (!response.ok) throw new ApiError(await readProblem(response));
  return response.text();
}
