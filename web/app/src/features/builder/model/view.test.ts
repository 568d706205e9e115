// Zoom and panels.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openPanel, setZoom, stepZoom, useView } from "./view.ts";

describe("how the builder is looked at", () => {
  beforeEach(() => useView.setState({ zoom: "fit", scale: 1 }));

  it("zooms from what is shown to the next step, and stops at both ends", () => {
    useView.setState({ scale: 0.63 });
    stepZoom(1);
    expect(useView.getState().zoom).toBe(0.67);
    useView.setState({ scale: 0.5 });
    stepZoom(-1);
    expect(useView.getState().zoom).toBe(0.67);
    useView.setState({ scale: 2 });
    setZoom(2);
    stepZoom(1);
    expect(useView.getState().zoom).toBe(2);
  });

  it("remembers the panels, and opens both when what is stored is damaged", async () => {
    openPanel("left", false);
    vi.resetModules();
    expect((await import("./view.ts")).useView.getState().open).toEqual({ left: false, right: true });
    localStorage.setItem("accid.panels", "{");
    vi.resetModules();
    expect((await import("./view.ts")).useView.getState().open).toEqual({ left: true, right: true });
    localStorage.clear();
  });
});
