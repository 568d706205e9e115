// The first steps: ticked off as they happen, gone when all are done or nobody wants them.
import { beforeEach, describe, expect, it } from "vitest";
import { useAnnouncements } from "./announce.ts";
import { finishStep, hideFirstSteps, stepOfChange, useFirstSteps } from "./firstSteps.ts";

describe("the first steps", () => {
  beforeEach(() => { localStorage.clear(); useFirstSteps.setState({ done: [], hidden: false }); useAnnouncements.setState({ toasts: [] }); });

  it("know what a change was", () => {
    expect(stepOfChange("Edit text")).toBe("text");
    expect(stepOfChange("Add Hero")).toBe("module");
    expect(stepOfChange("Move module")).toBeNull();
  });

  it("are kept in the browser, and are gone with a word when all are done", () => {
    finishStep("text");
    finishStep("text");
    finishStep("publish");
    expect(JSON.parse(localStorage.getItem("accid.first-steps") ?? "")).toEqual({ done: ["text", "publish"], hidden: false });
    expect(useAnnouncements.getState().toasts).toHaveLength(0);
    finishStep("module");
    expect(useFirstSteps.getState().hidden).toBe(true);
    expect(useAnnouncements.getState().toasts).toHaveLength(1);
  });

  it("are gone for good when they are hidden", () => {
    hideFirstSteps();
    finishStep("text");
    expect(useFirstSteps.getState()).toEqual({ done: [], hidden: true });
  });
});
