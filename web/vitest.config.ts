// Unit tests of the studio: pure parts in Node, the rest in a small DOM.
import { defineConfig } from "vitest/config";

export default defineConfig({ test: { environment: "jsdom", include: ["app/src/**/*.test.{ts,tsx}", "packages/*/src/**/*.test.ts"], restoreMocks: true } });
