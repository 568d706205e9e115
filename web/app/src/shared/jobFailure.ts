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
