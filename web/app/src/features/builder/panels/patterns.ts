// Which patterns are shown, and where one goes.
import type { ModuleDocument, Pattern } from "@accid/api-client/types";
import { findModule } from "../model/tree.ts";

export interface PatternGroup { title: string; patterns: Pattern[] }

/** The patterns in which every word of the text occurs: whole pages as one group, then sections by what they are for. */
export function findPatterns(patterns: Pattern[], text: string): PatternGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const groups: PatternGroup[] = [];
  for (const pattern of patterns) {
    const about = `${pattern.title} ${pattern.description} ${pattern.category}`.toLowerCase();
    if (!words.every((word) => about.includes(word))) continue;
    const title = pattern.kind === "page" ? "Whole pages" : pattern.category;
    const group = groups.find((one) => one.title === title);
    if (group) group.patterns.push(pattern);
    else groups.push({ title, patterns: [pattern] });
  }
  return groups;
}

/** The place behind the module at the top of the page that holds the chosen one; null when nothing is chosen. */
export function topIndexBehind(modules: ModuleDocument[], chosen: string | null): number | null {
  if (chosen === null) return null;
  const index = modules.findIndex((module) => findModule([module], chosen) !== null);
  return index < 0 ? null : index + 1;
}
