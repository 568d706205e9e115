// What dialogs, buttons and notes keep to, in a small DOM that knows no modal dialogs.
import { ApiError } from "@accid/api-client/client";
import { Button } from "@accid/ui/Button";
import { Dialog, setAside } from "@accid/ui/Dialog";
import { ErrorNote } from "@accid/ui/Feedback";
import { act, StrictMode, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

let box: HTMLElement;
let root: Root;
const show = (view: ReactNode) => act(() => root.render(<StrictMode>{view}</StrictMode>));
const dialog = () => box.querySelector("dialog") as HTMLDialogElement;
const frame = () => act(() => new Promise((done) => { requestAnimationFrame(() => done(undefined)); }));

beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) { this.open = true; },
    close(this: HTMLDialogElement) { this.open = false; setTimeout(() => this.dispatchEvent(new Event("close"))); },
  });
  box = document.body.appendChild(document.createElement("div"));
  root = createRoot(box);
});
afterEach(() => { act(() => root.unmount()); box.remove(); vi.unstubAllGlobals(); });

it("a dialog closes when it is asked to, not when something in it is cancelled", () => {
  const close = vi.fn();
  show(<Dialog title="Pictures" onClose={close}><input type="file" /></Dialog>);
  act(() => { box.querySelector("input")?.dispatchEvent(new Event("cancel", { bubbles: true })); });
  expect(close).not.toHaveBeenCalled();
  const cancel = new Event("cancel", { cancelable: true });
  act(() => { dialog().dispatchEvent(cancel); });
  expect(close).toHaveBeenCalledTimes(1);
  expect(cancel.defaultPrevented).toBe(true);
});

it("a dialog that the browser closed against the will of its owner is shown again", async () => {
  const close = vi.fn();
  show(<Dialog title="At work" onClose={close}>…</Dialog>);
  await act(() => new Promise((done) => { setTimeout(done, 5); }));
  expect(close).not.toHaveBeenCalled();
  await act(() => new Promise((done) => { dialog().close(); setTimeout(done, 5); }));
  await frame();
  expect(close).toHaveBeenCalledTimes(1);
  expect(dialog().open).toBe(true);
});

it("a dialog that is set aside stays so, and its owner is not asked", async () => {
  const close = vi.fn();
  show(<Dialog title="A drawer" onClose={close}>…</Dialog>);
  await act(() => new Promise((done) => { setAside(dialog()); setTimeout(done, 5); }));
  await frame();
  expect(close).not.toHaveBeenCalled();
  expect(dialog().open).toBe(false);
});

it("a busy button keeps the focus and does nothing", () => {
  const press = vi.fn();
  const submit = vi.fn();
  const form = (busy: boolean) => <form onSubmit={(event) => { event.preventDefault(); submit(); }}><Button type="submit" busy={busy} disabled={busy} onClick={press}>Save</Button></form>;
  show(form(false));
  const button = box.querySelector("button") as HTMLButtonElement;
  button.focus();
  show(form(true));
  act(() => button.click());
  expect([press, submit].map((one) => one.mock.calls.length)).toEqual([0, 0]);
  expect(document.activeElement).toBe(button);
  expect([button.disabled, button.getAttribute("aria-disabled"), button.getAttribute("aria-busy")]).toEqual([false, "true", "true"]);
  show(form(false));
  act(() => button.click());
  expect([press, submit].map((one) => one.mock.calls.length)).toEqual([1, 1]);
  expect(button.hasAttribute("aria-disabled")).toBe(false);
});

it("a failure says its sentence once", () => {
  const problem = (count: number) => new ApiError({ title: "One or more values are not acceptable.", status: 422, error: "No", detail: "The key was not kept.", errors: [..."abc"].slice(0, count).map((pointer) => ({ pointer, message: "is too long" })) } as never);
  show(<ErrorNote error={problem(1)} />);
  expect(box.textContent).toBe("The key was not kept.");
  show(<ErrorNote error={problem(2)} />);
  expect(box.querySelectorAll("li")).toHaveLength(2);
  show(<ErrorNote error="Said by a service." />);
  expect(box.textContent).toBe("Said by a service.");
});
