import { describe, expect, it } from "vitest";
import { joinedTime, offsetIn, shiftedTime } from "./time.ts";

describe("local times with their offset", () => {
  it("are shifted over midnight and months, and keep their offset", () => {
    expect([shiftedTime("2026-02-28T23:30:00-04:00", 3600), shiftedTime("2026-03-01T00:10:05", -900), shiftedTime("2026-01-01T00:00:00+05:45", 1), shiftedTime("yesterday", 5)])
      .toEqual(["2026-03-01T00:30:00-04:00", "2026-02-28T23:55:05", "2026-01-01T00:00:01+05:45", "yesterday"]);
  });
  it("are put together from what fields hold, and are none when something is missing", () => {
    expect([joinedTime("2026-03-01T14:05", "-04:00"), joinedTime("2026-03-01T14:05:09", ""), joinedTime("2026-02-31T99:00", "Z"), joinedTime("", "-04:00")]).toEqual(["2026-03-01T14:05:00-04:00", "2026-03-01T14:05:09", null, null]);
  });
  it("know the offset of a zone, in summer, in winter, and of half hours", () => {
    expect([offsetIn("America/St_Lucia", "2026-07-01T12:00:00"), offsetIn("Europe/Berlin", "2026-07-01T12:00:00"), offsetIn("Europe/Berlin", "2026-01-01T12:00:00"), offsetIn("Asia/Kathmandu", "2026-01-01T12:00:00"), offsetIn("Europe/Berlin", "2026-03-29T03:30:00"), offsetIn("Mars/Base", "2026-01-01T12:00:00")])
      .toEqual(["-04:00", "+02:00", "+01:00", "+05:45", "+02:00", ""]);
  });
});
