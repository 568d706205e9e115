// Which projects are shown, and in which order. Pure.
import type { Project, ProjectType } from "@accid/api-client/types";
import { typeOf } from "./projectTypes.ts";

export type Order = "changed" | "name" | "size" | "deployed";
export interface Wish { text: string; type: ProjectType | ""; tag: string; order: Order; isArchive: boolean }

export const orders: { value: Order; title: string }[] = [
  { value: "changed", title: "Last changed" }, { value: "name", title: "Name" }, { value: "size", title: "Size of pictures" }, { value: "deployed", title: "Last published" },
];

export const changedAt = (project: Project) => project.updated_at ?? project.created_at;
const wordsOf = (project: Project) => `${project.name} ${project.slug} ${typeOf(project.type)?.title ?? project.type} ${project.tags.join(" ")}`.toLowerCase();

const compare: Record<Order, (a: Project, b: Project) => number> = {
  changed: (a, b) => changedAt(b).localeCompare(changedAt(a)),
  name: (a, b) => a.name.localeCompare(b.name),
  size: (a, b) => b.bytes - a.bytes,
  deployed: (a, b) => (b.last_deploy?.at ?? "").localeCompare(a.last_deploy?.at ?? ""),
};

/** All tags in use, by name. */
export const tagsOf = (projects: Project[]) => [...new Set(projects.flatMap((project) => project.tags))].sort((a, b) => a.localeCompare(b));

/** `found` are projects in whose pages and photos the text stands, with where. */
export function arrange(projects: Project[], wish: Wish, found: Map<string, string[]>): Project[] {
  const text = wish.text.trim().toLowerCase();
  const isWanted = (project: Project) => project.archived === wish.isArchive
    && (!wish.type || project.type === wish.type) && (!wish.tag || project.tags.includes(wish.tag))
    && (!text || wordsOf(project).includes(text) || found.has(project.id));
  return projects.filter(isWanted).sort((a, b) => compare[wish.order](a, b) || compare.changed(a, b));
}

/** Tags as they were typed, separated by commas: each once. */
export function parseTags(text: string): string[] {
  const tags = text.split(",").map((tag) => tag.trim()).filter(Boolean);
  return tags.filter((tag, index) => tags.findIndex((other) => other.toLowerCase() === tag.toLowerCase()) === index);
}
