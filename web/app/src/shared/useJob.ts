// Follows long work of the server until it ends.
import { request } from "@accid/api-client/client";
import type { Job } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { useCallback, useRef, useState } from "react";

/** Why a job failed, with what the server told about it. */
export class JobFailure extends Error {
  readonly code: string | undefined;
  readonly details: unknown;
  constructor(message: string, code?: string, details?: unknown) {
    super(message);
    this.name = "JobFailure";
    this.code = code;
    this.details = details;
  }
}

const pause = 250;
const wait = (milliseconds: number) => new Promise((done) => window.setTimeout(done, milliseconds));

function failureOf(job: Job): Error {
  return new JobFailure(job.problem ?? (job.state === "cancelled" ? "Stopped. Nothing was left in half." : "The work failed."), job.code ?? undefined, job.details);
}

export interface Running<T> { job: Job | null; start: (url: string, body: unknown) => Promise<T>; cancel: () => void }

export function useJob<T>(): Running<T> {
  const [job, setJob] = useState<Job | null>(null);
  const current = useRef<string | null>(null);
  const start = useCallback(async (url: string, body: unknown): Promise<T> => {
    const { id } = await request<Job>(url, { body });
    current.current = id;
    try {
      for (;;) {
        const now = await request<Job>(urls.job(id));
        setJob(now);
        if (now.state === "done") return now.result as T;
        if (now.state !== "running") throw failureOf(now);
        await wait(pause);
      }
    } finally {
      current.current = null;
      setJob(null);
    }
  }, []);
  const cancel = useCallback(() => { if (current.current) void request(urls.job(current.current), { method: "DELETE" }).catch(() => undefined); }, []);
  return { job, start, cancel };
}
