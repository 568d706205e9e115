// How far each picture is, with a way to leave it out.
import { IconButton } from "@accid/ui/Button";
import { CircleCheck, TriangleAlert, X } from "lucide-react";
import { formatBytes } from "../../../shared/format.ts";
import styles from "./Inspector.module.css";
import type { Sending } from "./useUploads.ts";

function stateOf({ state, sent, total, problem }: Sending): string {
  if (state === "waiting") return "waiting";
  if (state === "working") return "being read…";
  if (state === "leaving") return "being left out…";
  if (state === "done") return "added";
  if (state === "failed") return problem ?? "failed";
  return `${formatBytes(sent)} of ${formatBytes(total)}`;
}

export function UploadList({ sendings, onCancel }: { sendings: Sending[]; onCancel: (sending: Sending) => void }) {
  if (sendings.length === 0) return null;
  return (
    <ul className={styles["uploads"]} aria-label="Pictures being added">
      {sendings.map((one) => {
        const isOver = one.state === "done" || one.state === "failed";
        return (
          <li key={one.id} data-state={one.state}>
            {one.state === "done" && <CircleCheck aria-hidden="true" />}{one.state === "failed" && <TriangleAlert aria-hidden="true" />}
            <strong>{one.name}</strong><span role={one.state === "failed" ? "alert" : undefined}>{stateOf(one)}</span>
            {one.state !== "done" && one.state !== "leaving" && <IconButton label={isOver ? `Dismiss ${one.name}` : `Cancel ${one.name}`} onClick={() => onCancel(one)}><X /></IconButton>}
            {!isOver && <progress aria-label={`${one.name}: sent`} {...(one.state === "sending" ? { value: one.sent, max: Math.max(1, one.total) } : one.state === "waiting" ? { value: 0, max: 1 } : {})} />}
          </li>
        );
      })}
    </ul>
  );
}
