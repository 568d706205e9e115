// How the studio is built and served while it is worked on. The built files are embedded in the program, which serves
// them under a Content-Security-Policy without inline scripts: so no polyfill is inlined and no asset becomes a data: URL.
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const server = process.env["ACCID_URL"] ?? "http://127.0.0.1:9847";
const proxied = Object.fromEntries(
  ["/api", "/canvas", "/history"].map((path) => [path, { target: server, changeOrigin: true, headers: { origin: server } }]),
);

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "dist",
    // The studio, and the page that sends a test of a form.
    rolldownOptions: { input: ["index.html", "form-test.html"].map((page) => fileURLToPath(new URL(page, import.meta.url))) },
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    reportCompressedSize: true,
  },
  server: { host: "127.0.0.1", port: 5173, proxy: proxied },
});
