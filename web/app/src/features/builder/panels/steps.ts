// The steps of a tutorial: which pages they are, in which order, and what comes before and after one. Pure.
import type { ModuleDocument, PageView } from "@accid/api-client/types";
import { nestPages, type NestedPage } from "./pageTree.ts";

/** A page that is about steps is one. */
export const isStep = (page: PageView) => page.kind === "tutorial";

export const stepsOf = (pages: PageView[]): NestedPage[] => nestPages(pages).filter(({ page }) => isStep(page)).map((one) => ({ ...one, depth: 0 }));

export interface Around { /** Counted from one; zero when the page is no step. */ number: number; count: number; previous: PageView | null; next: PageView | null }

/** Where a page stands among the steps. From a page that is none, the first step comes next. */
export function around(pages: PageView[], slug: string): Around {
  const steps = stepsOf(pages).map(({ page }) => page);
  const at = steps.findIndex((page) => page.slug === slug);
  return { number: at + 1, count: steps.length, previous: steps[at - 1] ?? null, next: steps[at + 1] ?? null };
}

/** What a new step takes over from the one before it: what stands around the pages, not what is told on them. */
export const frameOf = (modules: ModuleDocument[]): ModuleDocument[] =>
  modules.filter((module, index) => (index === 0 || index === modules.length - 1) && (module.type === "navigation" || typeof module.props["part"] === "string" && module.props["part"] !== ""));
