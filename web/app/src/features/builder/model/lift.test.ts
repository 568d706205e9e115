// When a press becomes a drag: for the mouse, for a finger, and never twice.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { followPointer } from "./lift.ts";

const pointer = (name: string, x: number, y: number, more: Partial<PointerEventInit> = {}) => Object.assign(new MouseEvent(name, { clientX: x, clientY: y, buttons: 1, bubbles: true, cancelable: true, ...more }), { pointerId: 1, pointerType: more.pointerType ?? "mouse" }) as unknown as PointerEvent;

describe("a press", () => {
  let target: HTMLElement;
  const told: string[] = [];
  const press = (pointerType = "mouse") => followPointer({
    event: pointer("pointerdown", 10, 10, { pointerType }), target,
    onLift: () => told.push("lift"), onMove: ({ x }, frame) => { if (!frame) told.push(`move ${x}`); }, onDrop: () => told.push("drop"), onEnd: () => told.push("end"),
  });
  const send = (name: string, x: number, more: Partial<PointerEventInit> = {}) => target.dispatchEvent(pointer(name, x, 10, more));
  beforeEach(() => {
    vi.useFakeTimers();
    told.length = 0;
    target = document.createElement("div");
    target.setPointerCapture = () => undefined;
    document.body.replaceChildren(target);
  });
  afterEach(() => { send("pointercancel", 0); vi.useRealTimers(); });

  it("of the mouse is a drag when it moves, and a click when it does not", () => {
    press();
    send("pointermove", 12);
    send("pointerup", 12);
    expect(told).toEqual([]);
    press();
    send("pointermove", 40);
    send("pointerup", 40);
    expect(told).toEqual(["lift", "move 40", "drop", "end"]);
  });

  it("of the mouse is a drag, too, when it has left at once", () => {
    press();
    send("pointerleave", 200);
    expect(told).toEqual(["lift", "move 200"]);
  });

  it("that ended elsewhere is forgotten", () => {
    press();
    send("pointermove", 40, { buttons: 0 });
    send("pointermove", 60);
    expect(told).toEqual([]);
  });

  it("of a finger is a drag when it rests, and a scroll when it moves at once", () => {
    press("touch");
    send("pointermove", 40, { pointerType: "touch" });
    vi.advanceTimersByTime(1000);
    expect(told).toEqual([]);
    press("touch");
    send("pointermove", 14, { pointerType: "touch" });
    vi.advanceTimersByTime(1000);
    expect(told).toEqual(["lift"]);
    send("pointermove", 60, { pointerType: "touch" });
    send("pointerup", 60, { pointerType: "touch" });
    expect(told).toEqual(["lift", "move 60", "drop", "end"]);
  });

  it("is given up with Escape, and when the browser takes the pointer away", () => {
    press();
    send("pointermove", 40);
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    send("pointerup", 40);
    expect(told).toEqual(["lift", "move 40", "end"]);
    press();
    send("pointermove", 40);
    send("pointercancel", 40);
    expect(told.slice(3)).toEqual(["lift", "move 40", "end"]);
  });
});
