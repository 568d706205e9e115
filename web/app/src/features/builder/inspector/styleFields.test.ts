// Whose style value holds on which screen.
import type { ModuleDocument } from "@accid/api-client/types";
import { expect, it } from "vitest";
import { sourceOf, sourceOfAll, styleGroups, withStyle } from "./styleFields.ts";

const module = (style: ModuleDocument["style"]): ModuleDocument => ({ id: "a", type: "text", version: 1, props: {}, ...(style ? { style } : {}) });

it("comes from the screen itself, else from the next larger one", () => {
  const one = module({ desktop: { gap: "l", color: "#fff" }, tablet: { gap: "m", color: "" }, phone: { radius: "s" } });
  expect(sourceOf(one, "phone", "gap")).toEqual({ value: "m", from: "tablet", isOwn: false });
  expect(sourceOf(one, "phone", "color")).toEqual({ value: "#fff", from: "desktop", isOwn: false });
  expect(sourceOf(one, "phone", "radius")).toEqual({ value: "s", from: "phone", isOwn: true });
  expect(sourceOf(one, "desktop", "radius")).toEqual({ value: undefined, from: null, isOwn: false });
  expect(sourceOf(withStyle(one, "tablet", "gap", undefined), "tablet", "gap").from).toBe("desktop");
  expect(sourceOf(module({ desktop: { background_image: { photo: "" } } }), "desktop", "background_image").from).toBeNull();
});

it("is told as mixed when several modules differ", () => {
  const [a, b] = [module({ desktop: { gap: "l" } }), module(undefined)];
  expect(sourceOfAll([a, b], "desktop", "gap")).toMatchObject({ isMixed: true, isOwn: true });
  expect(sourceOfAll([a, a], "phone", "gap")).toMatchObject({ isMixed: false, isOwn: false, from: "desktop" });
});

it("is offered once, under one name", () => {
  const names = styleGroups.flatMap((group) => group.fields.map((field) => field.name));
  expect(new Set(names).size).toBe(names.length);
});
