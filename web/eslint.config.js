// Lint rules of the web workspace. The most important one: code points only downwards, shared → features → app, and
// features do not see each other.
import js from "@eslint/js";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

const forbid = (group, message) => ({ "no-restricted-imports": ["error", { patterns: [{ group, message }] }] });
const features = ["dashboard", "builder", "check", "formtest", "history", "publish", "settings", "trash", "waypoint"];

export default ts.config(
  { ignores: ["**/dist/**", "**/node_modules/**", "judges/**", "packages/api-client/src/schema.d.ts"] },
  js.configs.recommended,
  ...ts.configs.strict,
  {
    files: ["**/*.{ts,tsx}"],
    plugins: { "react-hooks": hooks },
    rules: {
      ...hooks.configs.recommended.rules,
      "max-lines": ["error", { max: 200, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-dynamic-delete": "off",
      "no-restricted-syntax": [
        "error",
        { selector: "ExportAllDeclaration", message: "No barrels: import from the file that has it." },
        { selector: "Literal[value=/^\\u002f(api|canvas|history)\\u002f/]", message: "Addresses of the server live in packages/api-client/src/urls.ts." },
      ],
    },
  },
  { files: ["**/urls.ts", "app/vite.config.ts", "**/*.test.{ts,tsx}"], rules: { "no-restricted-syntax": "off" } },
  { files: ["**/css.d.ts"], rules: { "@typescript-eslint/no-unused-vars": "off" } },
  { files: ["packages/**/*.{ts,tsx}"], rules: forbid(["**/app/**", "@accid/app*"], "Packages know nothing of the app.") },
  { files: ["app/src/shared/**/*.{ts,tsx}"], rules: forbid(["**/features/**", "**/app/**"], "What is shared knows neither features nor the app.") },
  ...features.map((feature) => ({
    files: [`app/src/features/${feature}/**/*.{ts,tsx}`],
    rules: forbid(["**/app/**", ...features.filter((other) => other !== feature).map((other) => `**/${other}/**`)], "A feature sees only what is shared; the app brings features together."),
  })),
  { files: ["bench/**/*.{js,mjs}"], languageOptions: { globals: { process: "readonly", document: "readonly", window: "readonly", performance: "readonly", PerformanceObserver: "readonly", MutationObserver: "readonly", MessageChannel: "readonly", requestAnimationFrame: "readonly", URL: "readonly", Buffer: "readonly", fetch: "readonly", setTimeout: "readonly" } } },
  { files: ["e2e/**/*.mjs", "*.js"], languageOptions: { globals: { process: "readonly", console: "readonly", document: "readonly", window: "readonly", URL: "readonly", setTimeout: "readonly", localStorage: "readonly", getComputedStyle: "readonly", fetch: "readonly", Buffer: "readonly", Blob: "readonly", FormData: "readonly", location: "readonly", navigator: "readonly", URLSearchParams: "readonly", MediaRecorder: "readonly", CSS: "readonly" } } },
);
