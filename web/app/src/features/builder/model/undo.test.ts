// Undo and redo without limit.
import type { Json, ModuleDocument, PageDocument } from "@accid/api-client/types";
import { describe, expect, it } from "vitest";
import { changeModules, duplicateModules, moveModules, removeModules, unwrapModules, wrapModules } from "./many.ts";
import { applyPatch, diff, isEqual } from "./patch.ts";
import { change, createSession, redoStep, undoStep, type SessionStore } from "./session.ts";
import { changeModule, copyModule, flatten, insertModule, moveModule, removeModule } from "./tree.ts";

const module = (id: string, children?: ModuleDocument[]): ModuleDocument => ({ id, type: children ? "section" : "text", version: 1, props: { title: id }, ...(children ? { children } : {}) });
const view = () => ({ id: "p", slug: "p", title: "Page", path: "p.html", etag: "1", modules: [module("a"), module("s", [module("b"), module("c")]), module("d")] });

/** A small generator of numbers, so that a failing run can be repeated (mulberry32). */
function randomFrom(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

function randomChange(page: PageDocument, random: (below: number) => number, counter: number): PageDocument {
  const all = flatten(page.modules);
  const pick = all[random(all.length)];
  if (!pick || all.length < 2) return { ...page, modules: [...page.modules, module(`n${counter}`)] };
  const containers = [null, ...all.filter((one) => one.module.type === "section").map((one) => one.module.id)];
  const place = { parent: containers[random(containers.length)] ?? null, index: random(4) };
  const several = Array.from({ length: 1 + random(4) }, () => all[random(all.length)]?.module.id ?? pick.module.id);
  switch (random(13)) {
    case 0: return { ...page, modules: insertModule(page.modules, place, module(`n${counter}`, random(3) === 0 ? [module(`m${counter}`)] : undefined)) };
    case 1: return all.length > 40 || random(2) === 0 ? { ...page, modules: removeModule(page.modules, pick.module.id) } : page;
    case 2: return { ...page, modules: moveModule(page.modules, pick.module.id, place) };
    case 3: return all.length > 40 ? page : { ...page, modules: insertModule(page.modules, place, copyModule(pick.module)) };
    case 4: return { ...page, title: `Title ${random(50)}` };
    case 5: return { ...page, modules: changeModule(page.modules, pick.module.id, (one) => ({ ...one, style: { phone: { gap: `${random(9)}px` } }, layout: { width: random(2) ? "wide" : "" } })) };
    case 6: return { ...page, modules: changeModule(page.modules, pick.module.id, (one) => ({ ...one, props: { ...one.props, items: Array.from({ length: random(5) }, () => ({ n: random(9) })) } })) };
    case 7: return { ...page, modules: moveModules(page.modules, several, place) };
    case 8: return { ...page, modules: wrapModules(page.modules, several, module(`w${counter}`, [])) };
    case 9: return { ...page, modules: unwrapModules(page.modules, several).modules };
    case 10: return all.length > 40 ? { ...page, modules: removeModules(page.modules, several) } : { ...page, modules: duplicateModules(page.modules, several).modules };
    case 11: return { ...page, modules: changeModules(page.modules, several, (one) => ({ ...one, style: { desktop: { gap: `${random(9)}px` } } })) };
    default: return { ...page, modules: changeModule(page.modules, pick.module.id, (one) => ({ ...one, props: { ...one.props, title: `t${random(1000)}` } })) };
  }
}

const text = (session: SessionStore) => JSON.stringify(sorted(session.getState().page as unknown as Json));
const sorted = (value: Json): Json => (Array.isArray(value) ? value.map(sorted) : value && typeof value === "object"
  ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)).map(([key, inner]) => [key, sorted(inner)])) : value);

describe("undo", () => {
  it("leads through 10,000 random operations back to the first document, and redo to the last", () => {
    const session = createSession("demo", view());
    const random = randomFrom(20261121);
    const first = text(session);
    for (let counter = 0; counter < 10_000; counter += 1) change(session, (page) => randomChange(page, random, counter), { title: "Change" });
    const last = text(session);
    const steps = session.getState().undoList.done.length;
    expect(steps).toBeGreaterThan(6000);
    for (let count = 0; count < steps; count += 1) undoStep(session);
    expect(session.getState().undoList.done).toHaveLength(0);
    expect(text(session)).toBe(first);
    for (let count = 0; count < steps; count += 1) redoStep(session);
    expect(text(session)).toBe(last);
  }, 60_000);

  it("takes quick typing in one field as one step", () => {
    const session = createSession("demo", view());
    for (const title of ["H", "Ha", "Hal", "Halo"]) change(session, (page) => ({ ...page, title }), { title: "Edit title", key: "title" });
    expect(session.getState().undoList.done).toHaveLength(1);
    undoStep(session);
    expect(session.getState().page.title).toBe("Page");
    redoStep(session);
    expect(session.getState().page.title).toBe("Halo");
  });

  it("refuses a step that no longer fits instead of damaging the page", () => {
    const session = createSession("demo", view());
    change(session, (page) => ({ ...page, modules: removeModule(page.modules, "a") }), { title: "Remove" });
    change(session, (page) => ({ ...page, modules: changeModule(page.modules, "d", (one) => ({ ...one, props: { title: "mine" } })) }), { title: "Edit" });
    const foreign = { ...view(), modules: [module("d"), module("z")] };
    session.setState({ page: foreign });
    undoStep(session);
    expect(session.getState().page).toBe(foreign);
  });

  it("writes what was typed as a small patch", () => {
    const session = createSession("demo", view());
    change(session, (page) => ({ ...page, modules: changeModule(page.modules, "c", (one) => ({ ...one, props: { title: "Hello" } })) }), { title: "Edit" });
    const { base, page } = session.getState();
    const patch = diff(base as unknown as Json, page as unknown as Json);
    expect(patch).toEqual([{ op: "replace", path: "/modules/1/children/1/props/title", value: "Hello" }]);
    expect(isEqual(applyPatch(base as unknown as Json, patch), page as unknown as Json)).toBe(true);
  });
});
