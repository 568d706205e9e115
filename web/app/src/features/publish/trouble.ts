// What stands between a person and publishing, told by the code of a failure: another key, a lock, a missing password.
import { ApiError } from "@accid/api-client/client";
import { codeOf, JobFailure } from "../../shared/jobFailure.ts";

export { JobFailure };

export interface ShownPin { kind: string; known: string; shown: string }
export type Trouble = { what: "pin"; pin: ShownPin } | { what: "locked" } | { what: "missing" } | { what: "other" };

const isPin = (details: unknown): details is ShownPin =>
  typeof details === "object" && details !== null && ["kind", "known", "shown"].every((key) => typeof (details as Record<string, unknown>)[key] === "string");

export function troubleOf(error: unknown): Trouble | null {
  if (!error) return null;
  const code = codeOf(error);
  const details = error instanceof ApiError ? error.problem.details : error instanceof JobFailure ? error.details : undefined;
  if (code === "host_key_changed" && isPin(details)) return { what: "pin", pin: details };
  if (code === "credentials_locked") return { what: "locked" };
  return { what: code === "credentials_missing" ? "missing" : "other" };
}
