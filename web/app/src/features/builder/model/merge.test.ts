// Two edits of one page come together; only what both changed is asked for.
import type { ModuleDocument, PageDocument } from "@accid/api-client/types";
import { describe, expect, it } from "vitest";
import { mergePages } from "./merge.ts";
import { changeModule, flatten, moveModule, removeModule } from "./tree.ts";

const module = (id: string, children?: ModuleDocument[]): ModuleDocument => ({ id, type: "text", version: 1, props: { title: id }, ...(children ? { children } : {}) });
const base: PageDocument = { id: "p", slug: "p", title: "Page", modules: [module("a"), module("s", [module("b")]), module("c")] };
const edit = (page: PageDocument, id: string, title: string): PageDocument => ({ ...page, modules: changeModule(page.modules, id, (one) => ({ ...one, props: { title } })) });
const ids = (page: PageDocument) => flatten(page.modules).map((one) => one.module.id).join(" ");

describe("merging", () => {
  it("keeps both when different modules were changed, moved and added", () => {
    const mine = { ...edit(base, "a", "mine"), title: "My page" };
    const theirs = edit({ ...base, modules: [...moveModule(base.modules, "c", { parent: null, index: 0 }), module("new")] }, "b", "theirs");
    const merge = mergePages(base, mine, theirs);
    expect(merge.conflicts).toEqual([]);
    const page = merge.result({});
    expect(page.title).toBe("My page");
    expect(ids(page)).toBe("c a s b new");
    expect(flatten(page.modules).map((one) => one.module.props["title"])).toEqual(["c", "mine", "s", "theirs", "new"]);
  });

  it("asks for each value that both changed, and takes what was chosen", () => {
    const mine = edit(edit(base, "a", "mine"), "b", "mine");
    const theirs = edit(edit(base, "a", "theirs"), "b", "theirs");
    const merge = mergePages(base, mine, theirs);
    expect(merge.conflicts.map((conflict) => conflict.key)).toEqual(["a/props/title", "b/props/title"]);
    expect(merge.conflicts[0]).toMatchObject({ object: "a", pointer: "/props/title", base: "a", mine: "mine", theirs: "theirs" });
    const page = merge.result({ "a/props/title": "mine", "b/props/title": "theirs" });
    expect(flatten(page.modules).map((one) => one.module.props["title"])).toEqual(["mine", "s", "theirs", "c"]);
  });

  it("does not lose a module that one removed and the other changed", () => {
    const mine = edit(base, "c", "still needed");
    const theirs = { ...base, modules: removeModule(base.modules, "c") };
    const merge = mergePages(base, mine, theirs);
    expect(merge.conflicts.map((conflict) => conflict.key)).toEqual(["c"]);
    expect(ids(merge.result({ c: "mine" }))).toBe("a s b c");
    expect(ids(merge.result({ c: "theirs" }))).toBe("a s b");
  });

  it("removes what one removed and the other left alone", () => {
    const theirs = { ...edit(base, "a", "theirs"), modules: removeModule(edit(base, "a", "theirs").modules, "c") };
    expect(ids(mergePages(base, edit(base, "b", "mine"), theirs).result({}))).toBe("a s b");
  });

  it("brings different fields of one module together, and asks for no half of a text or picture", () => {
    const doc = (text: string) => ({ type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text }] }] });
    const hero = (props: ModuleDocument["props"], more: Partial<ModuleDocument> = {}): PageDocument => ({ ...base, modules: [{ id: "h", type: "hero", version: 1, props, ...more }] });
    const before = hero({ title: "One", text: "Two", doc: doc("x"), image: { photo: "p", alt: "a" } });
    const mine = hero({ title: "Mine", text: "Two", doc: doc("mine"), image: { photo: "q", alt: "a" } }, { layout: { width: "wide" } });
    const theirs = hero({ title: "One", text: "Theirs", doc: doc("theirs"), image: { photo: "p", alt: "other words" } }, { anchor: "there" });
    const merge = mergePages(before, mine, theirs);
    expect(merge.conflicts.map((one) => one.key)).toEqual(["h/props/doc", "h/props/image"]);
    const page = merge.result({ "h/props/doc": "theirs", "h/props/image": "mine" });
    expect(page.modules[0]).toMatchObject({ layout: { width: "wide" }, anchor: "there", props: { title: "Mine", text: "Theirs", doc: doc("theirs"), image: { photo: "q", alt: "a" } } });
  });

  it("takes a field away that one took away, and gives back the other's when that is chosen", () => {
    const before = { ...base, seo: { title: "T", description: "D" } };
    const merge = mergePages(before, { ...base, seo: { description: "D" } }, { ...base, seo: { title: "Other", description: "D" } });
    expect(merge.conflicts.map((one) => one.key)).toEqual(["page/seo/title"]);
    expect(merge.result({}).seo).toEqual({ description: "D" });
    expect(merge.result({ "page/seo/title": "theirs" }).seo).toEqual({ title: "Other", description: "D" });
  });
});
