// What the renderer finds while somebody works: kept per module, and mended where it is clear how. Pure but for the store.
import type { Finding, Json, JsonObject, ModuleDocument } from "@accid/api-client/types";
import { create } from "zustand";
import { isObject } from "../../../shared/equal.ts";
import { nameBeside, renameLink, valueAt, type NameOfTarget } from "./linkNames.ts";
import { writeAt } from "./patch.ts";
import { findModule } from "./tree.ts";

/** Findings of the open page, as of the last rendering. */
export const useFindings = create<{ all: Finding[] }>(() => ({ all: [] }));

/** What only a whole page shows: it stays until the next whole one. */
const ofWholePage = new Set(["heading.skipped", "anchor.twice", "link.anchor-missing"]);

/** Takes over what a rendering found: of the whole page, or of one module. */
export function noteFindings(found: Finding[] | undefined, module: string | null) {
  if (!found) return;
  useFindings.setState(({ all }) => {
    const kept = module === null ? [] : all.filter((one) => one.module !== module || ofWholePage.has(one.code));
    const next = [...kept, ...(module === null ? found : found.filter((one) => !ofWholePage.has(one.code)))];
    return JSON.stringify(next) === JSON.stringify(all) ? { all } : { all: next };
  });
}

export const findingsOf = (all: Finding[], module: string) => all.filter((one) => one.module === module);

export interface Mend { title: string; apply: (module: ModuleDocument) => ModuleDocument }

/** A heading of one level becomes one of another, the first of its kind in a rich text. */
function relevel(value: Json, from: number, to: number): Json {
  let done = false;
  const walk = (one: Json): Json => {
    if (done || typeof one !== "object" || one === null) return one;
    if (Array.isArray(one)) return one.map(walk);
    if (one["type"] === "heading" && isObject(one["attrs"]) && one["attrs"]["level"] === from) { done = true; return { ...one, attrs: { ...one["attrs"], level: to } }; }
    return Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, walk(inner)])) as JsonObject;
  };
  return walk(value);
}

function withoutStyle(module: ModuleDocument, screen: string, name: string): ModuleDocument {
  const style = module.style as Record<string, Record<string, Json>> | undefined;
  const { [name]: _, ...rest } = style?.[screen] ?? {};
  return { ...module, style: { ...style, [screen]: rest } } as ModuleDocument;
}

/** How a finding is mended with one press; null where only a person can know. */
export function mendOf(finding: Finding, modules: ModuleDocument[], nameOf: NameOfTarget = () => null): Mend | null {
  const module = finding.module ? findModule(modules, finding.module) : null;
  const parts = (finding.pointer ?? "").split("/").slice(1);
  if (!module) return null;
  const [area, ...rest] = parts;
  const write = (pointer: string[], value: Json) => (one: ModuleDocument): ModuleDocument => ({ ...one, props: writeAt(one.props, `/${pointer.join("/")}`, value) as JsonObject });
  switch (finding.code) {
    case "style.contrast": return { title: "Let the ground choose the colour", apply: (one) => withoutStyle(one, rest[0] ?? "", "color") };
    case "style.refused": return { title: "Take the value away", apply: (one) => withoutStyle(one, rest[0] ?? "", rest[1] ?? "") };
    case "image.missing": return area === "style" ? { title: "Take the picture away", apply: (one) => withoutStyle(one, rest[0] ?? "", "background_image") } : null;
    case "layout.refused": return { title: "Take the value away", apply: (one) => ({ ...one, layout: { ...one.layout, [rest[0] ?? ""]: "" } }) };
    case "image.alt-missing": {
      const pointer = rest[rest.length - 1] === "alt" ? rest.slice(0, -1) : rest;
      return area === "props" && isObject(valueAt(module.props, pointer)) ? { title: "It is mere decoration", apply: write([...pointer, "decorative"], true) } : null;
    }
    case "link.refused": case "link.page-missing": case "link.anchor-missing":
      return area === "props" && typeof valueAt(module.props, rest) === "string" ? { title: "Take the link away", apply: write(rest, "") } : null;
    case "link.text-vague": {
      const value = valueAt(module.props, rest);
      if (area !== "props") return null;
      if (isObject(value)) {
        const words = /“(.+?)”/.exec(finding.message)?.[1];
        const renamed = words === undefined ? null : renameLink(value, words, nameOf);
        return renamed && { title: `Call it “${renamed.name}”`, apply: write(rest, renamed.doc) };
      }
      const name = nameBeside(module.props, rest, nameOf);
      return name !== null && name !== value ? { title: `Call it “${name}”`, apply: write(rest, name) } : null;
    }
    case "heading.skipped": {
      const [, from, to] = /level (\d).*expect level (\d)/.exec(finding.message) ?? [];
      const value = valueAt(module.props, rest);
      return from && to && isObject(value) && JSON.stringify(relevel(value, Number(from), Number(to))) !== JSON.stringify(value)
        ? { title: `Make it a heading ${to}`, apply: write(rest, relevel(value, Number(from), Number(to))) } : null;
    }
    case "anchor.twice": return { title: "Give it a name of its own", apply: (one) => ({ ...one, anchor: `${one.anchor ?? "part"}-${one.id.slice(-4)}` }) };
    default: return null;
  }
}
