// Follows long work of the server until it ends.
import { request } from "@accid/api-client/client";
import type { Job } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { useCallback, useRef, useState } from "react";
import { JobFailure } from "./jobFailure.ts";

const pause = 250;
const wait = (milliseconds: number) => new Promise((done) => window.setTimeout(done, milliseconds));

function failureOf(job: Job): Error {
  const isCancelled = job.state === "cancelled";
  return new JobFailure(job.problem ?? (isCancelled ? "Stopped. Nothing was left in half." : "The work failed."), isCancelled ? "cancelled" : job.code ?? undefined, job.details);
}

/** `stopping`: it was asked to stop, and has not yet. */
export interface Running<T> { job: Job | null; stopping: boolean; start: (url: string, body: unknown) => Promise<T>; cancel: () => void }

export function useJob<T>(): Running<T> {
  const [job, setJob] = useState<Job | null>(null);
  const [stopping, setStopping] = useState(false);
  const current = useRef<string | null>(null);
  const wish = useRef(false);
  const stop = useCallback((id: string) => void request(urls.job(id), { method: "DELETE" }).catch(() => { wish.current = false; setStopping(false); }), []);
  const start = useCallback(async (url: string, body: unknown): Promise<T> => {
    wish.current = false;
    setStopping(false);
    const { id } = await request<Job>(url, { body });
    current.current = id;
    // It was asked to stop before it had a name.
    if (wish.current) stop(id);
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
      setStopping(false);
    }
  }, [stop]);
  const cancel = useCallback(() => {
    if (wish.current) return;
    wish.current = true;
    setStopping(true);
    if (current.current) stop(current.current);
  }, [stop]);
  return { job, stopping, start, cancel };
}
