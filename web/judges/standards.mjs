// Judges that read the files: the Nu HTML checker (needs Java) and html-validate. Each gives a list of complaints.
import { execFile } from "node:child_process";
import path from "node:path";
import { HtmlValidate } from "html-validate";
import vnu from "vnu-jar";

/** Errors of the Nu HTML checker in these pages of the folder. */
export async function nuErrors(folder, pages) {
  const files = pages.map((page) => path.join(folder, page));
  const report = await new Promise((resolve, reject) => {
    const command = ["-Xss4m", "-jar", vnu, "--format", "json", "--exit-zero-always", "--stdout", ...files];
    execFile("java", command, { maxBuffer: 64e6 }, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });
  return JSON.parse(report)
    .messages.filter((message) => message.type !== "info")
    .map((message) => `${path.relative(folder, new URL(message.url).pathname)}:${message.lastLine}: ${message.message}`);
}

/** What html-validate's preset "standard" does not accept in a page. */
export async function standardErrors(folder, page) {
  const judge = new HtmlValidate({ root: true, extends: ["html-validate:standard"] });
  const report = await judge.validateFile(path.join(folder, page));
  return report.results.flatMap((result) =>
    result.messages.map((message) => `${page}:${message.line}: ${message.message} (${message.ruleId})`),
  );
}
