// How a service stands, in a word and a sentence.
import type { Service } from "@accid/api-client/types";

interface State { tone: "plain" | "accent" | "success"; word: string; isTrouble: boolean; message: string }

const breakers: Record<string, Pick<State, "tone" | "word">> = { open: { tone: "accent", word: "Not answering" }, "half-open": { tone: "accent", word: "Trying again" } };

export function stateOf(service: Service): State {
  const { connected, signed_out: signedOut, title, message } = service;
  if (!connected) return { tone: "plain", word: "Not connected", isTrouble: true, message };
  const away = breakers[service.breaker];
  if (away) return { ...away, isTrouble: false, message };
  if (signedOut) return { tone: "accent", word: "Sign-in no longer holds", isTrouble: true, message: message || `${title} does not accept what it was signed in with. ${service.service === "dropbox" ? "Connect it again." : "Enter the key again."}` };
  // A key of imgBB is only checked by the first picture that it is used for.
  return { ...(service.service === "imgbb" ? { tone: "plain", word: "Key kept" } : { tone: "success", word: "Connected" }), isTrouble: false, message };
}
