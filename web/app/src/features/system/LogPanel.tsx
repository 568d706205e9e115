// The end of the log: by level, by text, and as it grows.
import { request } from "@accid/api-client/client";
import type { Log } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { ErrorNote } from "@accid/ui/Feedback";
import { SelectField, SwitchField, TextField } from "@accid/ui/Field";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import styles from "./System.module.css";

const levels = [
  { value: "error", title: "Errors" }, { value: "warn", title: "Warnings and errors" }, { value: "info", title: "What happens" }, { value: "debug", title: "Everything" },
];

export function LogPanel() {
  const [level, setLevel] = useState("info");
  const [text, setText] = useState("");
  const [follow, setFollow] = useState(true);
  const end = useRef<HTMLDivElement>(null);
  const log = useQuery({ queryKey: ["log", level, text], queryFn: () => request<Log>(urls.log(level, text, 0)), refetchInterval: follow ? 2_000 : false, gcTime: 0, placeholderData: (before) => before });
  const lines = log.data?.lines ?? [];
  const last = lines.at(-1)?.number;
  useEffect(() => { if (follow && end.current) end.current.scrollTop = end.current.scrollHeight; }, [follow, last]);
  return (
    <section className={styles["part"]} aria-labelledby="log">
      <h2 id="log">Log</h2>
      <div className={styles["filters"]}>
        <SelectField label="Show" options={levels} value={level} onChange={(event) => setLevel(event.target.value)} />
        <TextField label="Search in the log" type="search" value={text} onChange={(event) => setText(event.target.value)} />
        <SwitchField label="Follow" checked={follow} onChange={setFollow} />
      </div>
      {log.error && <ErrorNote error={log.error} />}
      <div ref={end} className={styles["log"]} role="log" aria-label="The end of the log" aria-live="off" tabIndex={0}>
        {lines.length === 0 && !log.isPending && <p className={styles["quiet"]}>{text ? "No line holds this text." : "Nothing was said yet."}</p>}
        {lines.map((line) => (
          <p key={line.number} data-level={line.level}>
            <time dateTime={line.at}>{new Date(line.at).toLocaleTimeString()}</time> <b>{line.level}</b> {line.message} {line.details && <span>{line.details}</span>}
          </p>
        ))}
      </div>
    </section>
  );
}
