// Better words for links whose own say nothing of where they lead. Pure.
import type { Json, JsonObject } from "@accid/api-client/types";
import { isObject } from "../../../shared/equal.ts";

/** The value that a path leads to; `undefined` when there is none. */
export const valueAt = (value: Json | undefined, path: string[]): Json | undefined => path.reduce<Json | undefined>((now, part) => (typeof now === "object" && now !== null ? (now as Record<string, Json>)[part] : undefined), value);

/** What a link's target is called, where that is known. */
export type NameOfTarget = (href: string) => string | null;

const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A name for where a link leads: the title of the page, else the host of the address. */
export function nameOfTarget(href: string, pages: readonly { id: string; slug: string; title: string }[]): string | null {
  const page = /^page:([^#]+)/.exec(href)?.[1];
  if (page !== undefined) return pages.find((one) => one.id === page || one.slug === page)?.title.trim() || null;
  if (/^(mailto|tel):/i.test(href)) return href.slice(href.indexOf(":") + 1).split("?")[0] || null;
  try {
    const { protocol, host } = new URL(href);
    return /^https?:$/.test(protocol) ? sentenceCase(host.replace(/^www\./, "")) : null;
  } catch {
    return null;
  }
}

const hrefOf = (node: Json | undefined): string | null => {
  const marks = isObject(node) && Array.isArray(node["marks"]) ? node["marks"] : [];
  const link = marks.find((mark) => isObject(mark) && mark["type"] === "link");
  return isObject(link) && isObject(link["attrs"]) && typeof link["attrs"]["href"] === "string" ? link["attrs"]["href"] : null;
};

/** Gives the first link of a rich text with these words others; nothing when it has none, or its target no name. */
export function renameLink(doc: JsonObject, words: string, nameOf: NameOfTarget): { name: string; doc: Json } | null {
  let name: string | null = null;
  const walk = (one: Json): Json => {
    if (typeof one !== "object" || one === null) return one;
    if (Array.isArray(one)) {
      for (let from = 0; name === null && from < one.length; from += 1) {
        const href = hrefOf(one[from]);
        if (href === null) continue;
        let to = from;
        while (to < one.length && hrefOf(one[to]) === href) to += 1;
        const said = one.slice(from, to).map((node) => (isObject(node) && typeof node["text"] === "string" ? node["text"] : "")).join("");
        const first = one[from];
        const other = said.trim() === words.trim() ? nameOf(href) : null;
        if (other !== null && isObject(first)) { name = other; return [...one.slice(0, from), { ...first, text: other }, ...one.slice(to)]; }
        from = to - 1;
      }
      return one.map(walk);
    }
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, name === null ? walk(inner) : inner])) as JsonObject;
  };
  const next = walk(doc);
  return name === null ? null : { name, doc: next };
}

/** A name for where the link leads whose words stand at a pointer: its address stands beside them. */
export function nameBeside(props: Json, words: string[], nameOf: NameOfTarget): string | null {
  const around = valueAt(props, words.slice(0, -1));
  const href = isObject(around) ? [around["url"], around["target"], around["link"]].find((one) => typeof one === "string" && one !== "") : null;
  return typeof href === "string" ? nameOf(href) : null;
}
