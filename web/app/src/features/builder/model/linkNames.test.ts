// Links get words that say where they lead.
import type { Finding, JsonObject, ModuleDocument } from "@accid/api-client/types";
import { describe, expect, it } from "vitest";
import { mendOf } from "./findings.ts";
import { nameOfTarget } from "./linkNames.ts";

const pages = [{ id: "p1", slug: "boats", title: "Boats for sale" }];
const nameOf = (href: string) => nameOfTarget(href, pages);
const link = (text: string, href: string, more: object[] = []) => ({ type: "text", marks: [{ type: "link", attrs: { href } }, ...more], text });
const doc = { type: "doc", content: [
  { type: "paragraph", content: [link("here", "https://a.example"), { type: "text", text: " and " }, link("click ", "page:p1"), link("here", "page:p1", [{ type: "bold" }])] },
] } as unknown as JsonObject;
const modules: ModuleDocument[] = [{ id: "a", type: "text", version: 1, props: { doc, title: "Read more", url: "page:boats#prices", buttons: [{ label: "Here", target: "https://www.example.org/x" }] } }];
const mend = (pointer: string, message = "") => mendOf({ code: "link.text-vague", severity: "warning", message, pointer, module: "a" } as Finding, modules, nameOf);

describe("names of links", () => {
  it("are the title of a page, the host of an address, the number or the mail address", () => {
    expect([nameOf("page:p1"), nameOf("page:boats#prices"), nameOf("https://www.example.org/x"), nameOf("mailto:ana@example.org?subject=x"), nameOf("tel:+431")])
      .toEqual(["Boats for sale", "Boats for sale", "Example.org", "ana@example.org", "+431"]);
    expect([nameOf("page:gone"), nameOf("#here"), nameOf(""), nameOf("javascript:alert(1)")]).toEqual([null, null, null, null]);
  });

  it("take the place of words that say nothing, in fields beside an address", () => {
    expect(mend("/props/title")?.title).toBe("Call it “Boats for sale”");
    expect(mend("/props/buttons/0/label")?.apply(modules[0] as ModuleDocument).props["buttons"]).toEqual([{ label: "Example.org", target: "https://www.example.org/x" }]);
  });

  it("take the place of the very link in a text, however many pieces it is of", () => {
    const mended = mend("/props/doc", "The words “click here” do not say where the link leads.");
    expect(mended?.title).toBe("Call it “Boats for sale”");
    const [paragraph] = (mended?.apply(modules[0] as ModuleDocument).props["doc"] as { content: { content: unknown[] }[] }).content;
    expect(paragraph?.content).toEqual([link("here", "https://a.example"), { type: "text", text: " and " }, link("Boats for sale", "page:p1")]);
    expect(mend("/props/doc", "The words “elsewhere” do not say where the link leads.")).toBeNull();
    expect(mend("/props/doc", "No words named.")).toBeNull();
  });
});
