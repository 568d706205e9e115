// Asks long work to stop; it keeps the focus until the work has.
import { Button } from "@accid/ui/Button";
import type { Ref } from "react";

export function StopButton({ stopping, onStop, ref }: { stopping: boolean; onStop: () => void; ref?: Ref<HTMLButtonElement> }) {
  return <Button {...(ref ? { ref } : {})} busy={stopping} onClick={onStop}>{stopping ? "Stopping…" : "Stop"}</Button>;
}
