// @vitest-environment node
// What a browser fetches before the studio can be used: weighed in the very bundle that the program serves.
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { build, type Rolldown } from "vite";

const app = fileURLToPath(new URL("../..", import.meta.url));
/** Compressed bytes that the first load may have. */
const limit = 250_000;
const lazyFeatures = ["backup", "history", "publish", "settings", "system", "trash", "waypoint"];

let chunks: Map<string, Rolldown.OutputChunk>;

/** A chunk and all it cannot do without. */
function needs(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  chunks.get(name)?.imports.forEach((one) => needs(one, found));
  return found;
}
const weight = (names: Iterable<string>) => [...names].reduce((sum, name) => sum + gzipSync(chunks.get(name)?.code ?? "").length, 0);
const modulesOf = (names: Iterable<string>) => [...names].flatMap((name) => chunks.get(name)?.moduleIds ?? []);
const chunkWith = (path: string) => [...chunks.values()].find((chunk) => chunk.moduleIds.some((id) => id.endsWith(path)))?.fileName ?? "";
const entry = () => [...chunks.values()].find((chunk) => chunk.isEntry && chunk.moduleIds.some((id) => id.endsWith("src/main.tsx")))?.fileName ?? "";

describe("the first load", () => {
  beforeAll(async () => {
    vi.stubEnv("NODE_ENV", "production");
    const result = await build({ root: app, logLevel: "silent", build: { write: false } });
    vi.unstubAllEnvs();
    const output = (Array.isArray(result) ? result : [result]).flatMap((one) => ("output" in one ? one.output : []));
    chunks = new Map(output.flatMap((one) => (one.type === "chunk" ? [[one.fileName, one]] : [])));
  }, 120_000);

  it("of the dashboard is at most 250 KB of compressed JavaScript, and so is that of the builder", () => {
    const dashboard = needs(entry());
    expect(modulesOf(dashboard).some((id) => id.endsWith("features/dashboard/Dashboard.tsx"))).toBe(true);
    expect(weight(dashboard)).toBeGreaterThan(20_000);
    expect(weight(dashboard)).toBeLessThanOrEqual(limit);
    const builder = new Set([...dashboard, ...needs(chunkWith("features/builder/Builder.tsx"))]);
    expect(builder.size).toBeGreaterThan(dashboard.size);
    expect(weight(builder)).toBeLessThanOrEqual(limit);
  });

  it("has no tool in it that nobody has asked for yet", () => {
    const inDashboard = modulesOf(needs(entry()));
    expect(inDashboard.filter((id) => [...lazyFeatures, "builder"].some((feature) => id.includes(`/features/${feature}/`)))).toEqual([]);
    const inBuilder = modulesOf(needs(chunkWith("features/builder/Builder.tsx")));
    const views = /\/(HistoryPanel|PublishDialog|PublishPanel|Settings|Trash|DesignPanel|SitePanel|richEditor|ShortcutSheet)\.tsx?$/;
    expect(inBuilder.filter((id) => views.test(id) || id.includes("/prosemirror-"))).toEqual([]);
  });
});
