// What this process uses, as two lines that grow while one looks.
import { request } from "@accid/api-client/client";
import type { Performance } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { useQuery } from "@tanstack/react-query";
import { formatBytes } from "../../shared/format.ts";
import { linePoints, roundTop } from "./chart.ts";
import styles from "./System.module.css";

const most = 60;
const pause = 2_000;
const size = { width: 300, height: 72 };

function Chart({ title, samples, least, format }: { title: string; samples: number[]; least: number; format: (value: number) => string }) {
  const now = samples.at(-1) ?? 0;
  const highest = Math.max(0, ...samples);
  const line = linePoints(samples, most, size, roundTop(samples, least));
  const label = `${title}: ${format(now)} now, ${format(highest)} at most in the last ${Math.max(1, Math.round((samples.length * pause) / 60_000))} minutes.`;
  return (
    <figure className={styles["chart"]}>
      <figcaption><span>{title}</span><strong>{format(now)}</strong></figcaption>
      <svg viewBox={`0 0 ${size.width} ${size.height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <line x1="0" x2={size.width} y1={size.height / 2} y2={size.height / 2} />
        {samples.length > 1 && <polygon points={`${line.split(" ")[0]?.split(",")[0]},${size.height} ${line} ${size.width},${size.height}`} />}
        <polyline points={line} />
      </svg>
      <p>at most {format(highest)}</p>
    </figure>
  );
}

/** The samples of the last minutes, oldest first. */
const liveKey = ["performance", "live"];

export function PerformancePanel() {
  const performance = useQuery({
    queryKey: liveKey, refetchInterval: pause, gcTime: 0,
    queryFn: async ({ client }) => {
      const next = await request<Performance>(urls.performance);
      return [...(client.getQueryData<Performance[]>(liveKey) ?? []).slice(1 - most), next];
    },
  });
  const samples = performance.data ?? [];
  return (
    <section className={styles["part"]} aria-labelledby="performance">
      <h2 id="performance">Performance</h2>
      {performance.error && <ErrorNote error={performance.error} />}
      {performance.isPending && <Skeleton height={120} />}
      {samples.length > 0 && (
        <div className={styles["charts"]}>
          <Chart title="Processor" samples={samples.map((one) => one.cpu ?? 0)} least={10} format={(value) => `${value.toFixed(value < 10 ? 1 : 0)} %`} />
          <Chart title="Memory" samples={samples.map((one) => one.memory ?? 0)} least={50_000_000} format={formatBytes} />
        </div>
      )}
    </section>
  );
}
