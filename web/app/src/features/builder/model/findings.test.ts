// What is found while somebody works, and how it is mended.
import type { Finding, ModuleDocument } from "@accid/api-client/types";
import { beforeEach, describe, expect, it } from "vitest";
import { findingsOf, mendOf, noteFindings, useFindings } from "./findings.ts";

const finding = (code: string, pointer: string, message = "", module = "a") => ({ code, severity: "warning", message, pointer, module }) as Finding;
const heading = (level: number) => ({ type: "heading", attrs: { level }, content: [{ type: "text", text: "x" }] });
const modules: ModuleDocument[] = [{
  id: "a", type: "text", version: 1, anchor: "here",
  props: { link: "javascript:x", image: { photo: "p", alt: "" }, doc: { type: "doc", content: [heading(2), heading(4), heading(4)] } },
  style: { desktop: { color: "#888888", background: "#777777" } }, layout: { width: "huge" },
}];
const mended = (one: Finding) => mendOf(one, modules)?.apply(modules[0] as ModuleDocument);

describe("mending", () => {
  it("changes just what was found", () => {
    expect(mended(finding("style.contrast", "/style/desktop/color"))?.style?.desktop).toEqual({ background: "#777777" });
    expect(mended(finding("style.refused", "/style/desktop/background"))?.style?.desktop).toEqual({ color: "#888888" });
    expect(mended(finding("layout.refused", "/layout/width"))?.layout?.width).toBe("");
    expect(mended(finding("image.alt-missing", "/props/image/alt"))?.props["image"]).toEqual({ photo: "p", alt: "", decorative: true });
    expect(mended(finding("link.refused", "/props/link"))?.props["link"]).toBe("");
    expect(mended(finding("anchor.twice", "/anchor"))?.anchor).not.toBe("here");
    const levels = (mended(finding("heading.skipped", "/props/doc", "A heading of level 4 follows one of level 2. Screen readers expect level 3 here."))?.props["doc"] as { content: { attrs: { level: number } }[] }).content;
    expect(levels.map((one) => one.attrs.level)).toEqual([2, 3, 4]);
  });

  it("is not offered where only a person can know, or where the value is gone", () => {
    for (const one of [finding("css.refused", "/css"), finding("link.refused", "/props/nothing"), finding("image.alt-missing", "/props/nothing/alt"), finding("style.contrast", "/style/desktop/color", "", "gone"), finding("heading.skipped", "/props/doc", "no levels named")]) expect(mendOf(one, modules), one.code).toBeNull();
  });
});

describe("findings", () => {
  beforeEach(() => noteFindings([], null));
  it("are replaced module by module, and all at once by a whole page", () => {
    noteFindings([finding("a", ""), finding("heading.skipped", ""), finding("b", "", "", "b")], null);
    noteFindings([finding("c", "")], "a");
    expect(findingsOf(useFindings.getState().all, "a").map((one) => one.code)).toEqual(["heading.skipped", "c"]);
    expect(findingsOf(useFindings.getState().all, "b")).toHaveLength(1);
    noteFindings(undefined, null);
    expect(useFindings.getState().all).toHaveLength(3);
    noteFindings([], null);
    expect(useFindings.getState().all).toHaveLength(0);
  });
});
