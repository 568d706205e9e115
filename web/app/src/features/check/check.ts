// What the check found, in the order a person works it off. Pure.
import type { CheckItem } from "@accid/api-client/types";

/** What was found once or several times in the same words; `CheckItem` is the first of them. */
export type CheckLine = CheckItem & { times: number };

export interface CheckGroup { page: string | null; title: string; items: CheckLine[] }

const weight = { error: 0, warning: 1, note: 2 } as const;

/** What is of the whole site first, then the pages as they come; what is broken first in each, and the same words once. */
export function groupItems(items: CheckItem[], shown: Set<CheckItem["severity"]>): CheckGroup[] {
  const groups: CheckGroup[] = [];
  for (const item of items) {
    if (!shown.has(item.severity)) continue;
    const page = item.page ?? null;
    let group = groups.find((one) => one.page === page);
    if (!group) {
      group = { page, title: page === null ? "The whole site" : item.page_title || item.page_slug || "A page", items: [] };
      groups.push(group);
    }
    const same = group.items.find((one) => one.code === item.code && one.severity === item.severity && one.message === item.message);
    if (same) same.times += 1;
    else group.items.push({ ...item, times: 1 });
  }
  for (const group of groups) group.items.sort((one, two) => weight[one.severity] - weight[two.severity]);
  return groups.sort((one, two) => Number(one.page !== null) - Number(two.page !== null));
}

/** Where a finding is mended: at a module, in a page's settings, in the site's, or in its design. */
export type Goal = { kind: "page"; slug: string; page: string; module: string | null; pointer: string } | { kind: "panel"; command: "site" | "design" } | null;

export function goalOf(item: CheckItem): Goal {
  if (item.page && item.page_slug) return { kind: "page", slug: item.page_slug, page: item.page, module: item.module ?? null, pointer: item.pointer ?? "" };
  if (item.pointer?.startsWith("/theme")) return { kind: "panel", command: "design" };
  if (item.pointer?.startsWith("/site")) return { kind: "panel", command: "site" };
  return null;
}
