// Why long work failed, and the code of any failure.
import { ApiError } from "@accid/api-client/client";

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

/** As `docs/errors.md` lists them; whether a request or a job met it. */
export const codeOf = (error: unknown): string | undefined => (error instanceof ApiError ? error.problem.code : error instanceof JobFailure ? error.code : undefined);

/** Somebody asked for it to stop. */
export const isStopped = (error: unknown) => codeOf(error) === "cancelled";
