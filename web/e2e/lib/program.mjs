// A program of its own, for tests that end it the hard way.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The program that is tried. */
export const program = process.env.ACCID_PROGRAM ?? fileURLToPath(new URL("../../../target/debug/accid", import.meta.url));

const freePort = () => new Promise((resolve) => {
  const server = createServer().listen(0, "127.0.0.1", () => { const { port } = server.address(); server.close(() => resolve(port)); });
});

/** A program on a folder of its own; after `kill` it is started again on the same port and folder. */
export async function prepareProgram() {
  const folder = mkdtempSync(join(tmpdir(), "accid-program-"));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  let child = null;
  const gone = () => new Promise((resolve) => { if (!child || child.exitCode !== null || child.signalCode !== null) resolve(); else child.once("exit", resolve); });
  return {
    base,
    start: async () => {
      child = spawn(program, ["--data", join(folder, "data"), "up", "--port", String(port)], { stdio: "ignore" });
      for (let round = 0; round < 600; round += 1) {
        if (await fetch(`${base}/api/health`).then((answer) => answer.ok, () => false)) return;
        await new Promise((done) => setTimeout(done, 50));
      }
      throw new Error("The program did not start.");
    },
    kill: async () => { child?.kill("SIGKILL"); await gone(); },
    remove: async () => { child?.kill("SIGKILL"); await gone(); rmSync(folder, { recursive: true, force: true }); },
  };
}
