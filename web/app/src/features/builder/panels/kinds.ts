// The kinds of modules in groups, and what a search finds among them. Pure.
import type { ModuleType } from "@accid/api-client/types";

const groups: { title: string; kinds: string[] }[] = [
  { title: "Structure", kinds: ["section", "row", "navigation"] },
  { title: "Text", kinds: ["hero", "text", "code-screenshot"] },
  { title: "Pictures", kinds: ["image", "gallery", "waypoint-image"] },
  { title: "Interaction", kinds: ["button", "link", "form"] },
];
/** Words people look for that stand in no title. */
const alsoCalled: Record<string, string> = {
  hero: "header banner opening headline", text: "paragraph heading list quote", image: "photo picture", gallery: "photos pictures album grid", section: "container block band",
  row: "columns grid side by side", navigation: "menu links", button: "call to action cta", form: "contact input", link: "card teaser", "waypoint-image": "map place gps photo", "code-screenshot": "program source terminal",
};

export interface KindGroup { title: string; types: ModuleType[] }

export function groupKinds(types: ModuleType[], search: string): KindGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const known = new Set(groups.flatMap((group) => group.kinds));
  const all = [...groups, { title: "More", kinds: types.map((type) => type.type).filter((kind) => !known.has(kind)) }];
  return all.map(({ title, kinds }) => ({
    title,
    types: kinds.flatMap((kind) => types.filter((type) => type.type === kind)).filter((type) => {
      const text = `${type.title} ${type.description} ${type.type} ${alsoCalled[type.type] ?? ""} ${title}`.toLowerCase();
      return words.every((word) => text.includes(word));
    }),
  })).filter((group) => group.types.length > 0);
}

/** The kind that a search most likely means: the one that is called so, before those that only speak of it. */
export function bestKind(types: ModuleType[], search: string): ModuleType | null {
  const text = search.trim().toLowerCase();
  if (!text) return null;
  const found = groupKinds(types, text).flatMap((group) => group.types);
  const rank = ({ title, type }: ModuleType) => {
    const name = title.toLowerCase();
    if (name === text || type === text) return 0;
    if (name.startsWith(text)) return 1;
    if (name.includes(text)) return 2;
    return (alsoCalled[type] ?? "").includes(text) ? 3 : 4;
  };
  return found.reduce<ModuleType | null>((best, one) => (best === null || rank(one) < rank(best) ? one : best), null);
}
