// Leaves out what the server leaves out: values that are the default. So a draft and its saved form are the same.
import type { Json, JsonObject, ModuleDocument, PageDocument, StyleValues } from "@accid/api-client/types";

function withoutEmpty(values: object | undefined): JsonObject | undefined {
  const kept = Object.entries(values ?? {}).filter(([, value]) => value !== "" && value !== undefined && value !== null);
  return kept.length > 0 ? (Object.fromEntries(kept) as JsonObject) : undefined;
}

function set(module: ModuleDocument, name: "layout" | "style" | "visibility" | "anchor" | "css" | "children", value: unknown) {
  if (value === undefined) delete module[name];
  else (module as unknown as Record<string, unknown>)[name] = value;
}

function tidyModule(module: ModuleDocument, before: Map<string, ModuleDocument>): ModuleDocument {
  if (before.get(module.id) === module) return module;
  const tidy = { ...module };
  if (module.layout) set(tidy, "layout", withoutEmpty(module.layout));
  if (module.style) {
    const style: Record<string, Json> = {};
    for (const [breakpoint, values] of Object.entries(module.style)) {
      const kept = withoutEmpty(values as StyleValues);
      if (kept) style[breakpoint] = kept;
    }
    set(tidy, "style", Object.keys(style).length > 0 ? style : undefined);
  }
  if (module.visibility) {
    const isDefault = Object.values(module.visibility).every((shown) => shown === true);
    if (isDefault) set(tidy, "visibility", undefined);
  }
  if (module.css === "") set(tidy, "css", undefined);
  if (module.anchor === "") set(tidy, "anchor", undefined);
  if (module.children) set(tidy, "children", module.children.length > 0 ? module.children.map((child) => tidyModule(child, before)) : undefined);
  return tidy;
}

const index = (modules: ModuleDocument[], into = new Map<string, ModuleDocument>()) => {
  for (const module of modules) { into.set(module.id, module); index(module.children ?? [], into); }
  return into;
};

/** Tidies what differs from `before`; the rest stays the same object. */
export function tidyPage(page: PageDocument, before: PageDocument): PageDocument {
  if (page === before || page.modules === before.modules) return page;
  const known = index(before.modules);
  return { ...page, modules: page.modules.map((module) => tidyModule(module, known)) };
}
