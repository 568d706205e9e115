import { ApiError } from "@accid/api-client/client";
import { describe, expect, it } from "vitest";
import { JobFailure } from "../../shared/jobFailure.ts";
import { troubleOf } from "./trouble.ts";

const pin = { kind: "host-key", known: "SHA256:one", shown: "SHA256:two" };
const refused = (code: string, details?: unknown) => new ApiError({ title: "No", status: 409, error: "No", code, ...(details ? { details } : {}) } as never);

describe("what stands between a person and publishing", () => {
  it("is another key, whether a request or a job met it", () => {
    expect(troubleOf(refused("host_key_changed", pin))).toEqual({ what: "pin", pin });
    expect(troubleOf(new JobFailure("No", "host_key_changed", pin))).toEqual({ what: "pin", pin });
    expect(troubleOf(new JobFailure("No", "host_key_changed"))).toEqual({ what: "other" });
  });

  it("is a lock, a missing password, or something that only can be told", () => {
    expect(troubleOf(refused("credentials_locked"))).toEqual({ what: "locked" });
    expect(troubleOf(new JobFailure("No", "credentials_missing"))).toEqual({ what: "missing" });
    expect(troubleOf(new Error("No"))).toEqual({ what: "other" });
    expect(troubleOf(null)).toBeNull();
  });
});
