// Looks, when the studio opens and whenever ACCID is back, for work that closed windows could not send.
import { useEffect } from "react";
import { onStudioEvent } from "../shared/events.ts";

const prefix = "accid.unsaved/";
const begin = 1500;

/** Fetches what sends it only when there is something. */
async function look() {
  if (!Object.keys(localStorage).some((key) => key.startsWith(prefix))) return;
  const { sendLeftBehind } = await import("../features/builder/model/leftBehind.ts");
  await sendLeftBehind(document.querySelector("[data-open-page]")?.getAttribute("data-open-page") ?? null);
}

export function LeftBehind() {
  useEffect(() => {
    const quietly = () => void look().catch(() => undefined);
    const timer = window.setTimeout(quietly, begin);
    const stop = onStudioEvent((event) => { if (event.type === "reconnected") quietly(); });
    return () => { clearTimeout(timer); stop(); };
  }, []);
  return null;
}
