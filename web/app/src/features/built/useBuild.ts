// Follows a build: its lines while it runs, its end, and a way to stop it.
import { request } from "@accid/api-client/client";
import type { Job, JobLog } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { useCallback, useRef, useState } from "react";

const pause = 300;
const wait = (milliseconds: number) => new Promise((done) => window.setTimeout(done, milliseconds));

export interface BuildResult { files: number; bytes: number }

export function useBuild() {
  const [lines, setLines] = useState<string[]>([]);
  const current = useRef<string | null>(null);
  const start = useCallback(async (url: string): Promise<BuildResult> => {
    setLines([]);
    const { id } = await request<Job>(url, { body: {} });
    current.current = id;
    let last = 0;
    const read = async () => {
      const log = await request<JobLog>(urls.jobLog(id, last));
      last = log.last;
      if (log.lines.length > 0) setLines((known) => [...known, ...log.lines.map((line) => line.text)].slice(-5_000));
    };
    try {
      for (;;) {
        // The state first: what was written before the end is read after it.
        const now = await request<Job>(urls.job(id));
        await read();
        if (now.state === "done") return now.result as unknown as BuildResult;
        if (now.state !== "running") throw new Error(now.problem ?? "The build was stopped.");
        await wait(pause);
      }
    } finally {
      current.current = null;
    }
  }, []);
  const cancel = useCallback(() => { if (current.current) void request(urls.job(current.current), { method: "DELETE" }).catch(() => undefined); }, []);
  return { lines, start, cancel };
}
