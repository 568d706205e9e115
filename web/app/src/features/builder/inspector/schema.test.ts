// A JSON Schema becomes a form.
import type { JsonObject, JsonSchema } from "@accid/api-client/types";
import { describe, expect, it } from "vitest";
import { blankOf, controlOf, groupFields, isMeant, isTold, resolve, titleOf } from "./schema.ts";

const root: JsonSchema = {
  type: "object",
  $defs: {
    Image: { type: "object", properties: { photo: { type: "string", "x-accid-editor": "photo" }, alt: { type: "string", description: "What it shows." } } },
    Level: { oneOf: [{ const: "one", type: "string" }, { const: "two", type: "string" }] },
  },
  properties: {
    image: { anyOf: [{ $ref: "#/$defs/Image" }, { type: "null" }], description: "The picture." },
    level: { allOf: [{ $ref: "#/$defs/Level" }], default: "two" },
  },
};
const property = (name: string) => root.properties?.[name] ?? {};

describe("the form of a schema", () => {
  it("follows references and keeps the field's own description", () => {
    const image = resolve(property("image"), root);
    expect(image.description).toBe("The picture.");
    expect(controlOf(image).kind).toBe("image");
    expect(controlOf(resolve(property("level"), root))).toEqual({ kind: "choice", options: [{ value: "one", title: "One" }, { value: "two", title: "Two" }] });
  });

  it("takes labels for choices and editors from the hints", () => {
    expect(controlOf({ type: "string", "x-accid-choices": ["", "wide"], "x-accid-labels": ["As is", "Wide"] })).toEqual({ kind: "choice", options: [{ value: "", title: "As is" }, { value: "wide", title: "Wide" }] });
    expect(controlOf({ type: "string", "x-accid-editor": "link-target" }).kind).toBe("link");
    expect(controlOf({ type: "object", "x-accid-editor": "rich-text" }).kind).toBe("rich");
    expect(controlOf({ type: ["integer", "null"], minimum: 1 })).toEqual({ kind: "number", isInteger: true, minimum: 1 });
  });

  it("begins new values at their defaults", () => {
    expect(blankOf(property("level"), root)).toBe("two");
    expect(blankOf(property("image"), root)).toBeNull();
    expect(blankOf({ $ref: "#/$defs/Image" }, root)).toEqual({ photo: "", alt: "" });
  });

  it("takes what belongs to a picture together, and shows the rest beside it", () => {
    const tile: JsonSchema = { type: "object", properties: {
      photo: { type: "string", "x-accid-editor": "photo" }, alt: { type: "string" }, decorative: { type: "boolean", "x-accid-editor": "decorative" },
      focus: { anyOf: [{ type: "object" }, { type: "null" }], "x-accid-editor": "focus" }, caption: { type: "string" },
    } };
    const control = controlOf(tile);
    if (control.kind !== "image") throw new Error(control.kind);
    expect(control.fields.map(([name]) => name)).toEqual(["photo", "alt", "decorative", "focus"]);
    expect(control.more.map(([name]) => name)).toEqual(["caption"]);
    expect(blankOf(tile, tile)).toEqual({ photo: "", alt: "", caption: "" });
  });

  it("names fields in words", () => {
    expect(titleOf("padding_top", {})).toBe("Padding top");
    expect(titleOf("image", { title: "ImageRef" })).toBe("Image");
  });

  it("folds fields together as their groups say, those of none first", () => {
    const fields: [string, JsonSchema][] = [["title", {}], ["edge", { "x-accid-group": "Look" }], ["text", {}], ["subject", { "x-accid-group": "More" }], ["corner", { "x-accid-group": "Look" }]];
    expect(groupFields(fields, {}).map((set) => [set.title, set.fields.map(([name]) => name)])).toEqual([[null, ["title", "text"]], ["Look", ["edge", "corner"]], ["More", ["subject"]]]);
    expect([isTold("", { type: "string" }, {}), isTold("x", { type: "string" }, {}), isTold("one", { "x-accid-choices": ["one", "two"] }, {}), isTold("two", { "x-accid-choices": ["one", "two"] }, {}), isTold(false, { type: "boolean" }, {})]).toEqual([false, true, false, true, false]);
  });

  it("shows a field where it means something, and where somebody wrote into it", () => {
    const options: JsonSchema = { "type": "array", "x-accid-when": { kind: ["select", "radio"] } };
    const fields: [string, JsonSchema][] = [["kind", { "type": "string", "x-accid-choices": ["text", "select"], "default": "text" }], ["options", options]];
    const shown = (values: JsonObject) => isMeant(options, {}, values, fields);
    expect([shown({}), shown({ kind: "text" }), shown({ kind: "select" }), shown({ kind: "text", options: ["one"] })]).toEqual([false, false, true, true]);
  });
});
