// Sends the test and says in words what came of it.
import type { FormTest, TestField, TestOutcome } from "../../shared/formTest.ts";

export type Answer = Omit<TestOutcome, "module">;

export const hostOf = (action: string) => (action.startsWith("mailto:") ? action.slice(7).split("?")[0] ?? "" : new URL(action).host);
const bodyOf = (fields: TestField[]) => new URLSearchParams(fields.map(({ name, value }): [string, string] => [name, value]));

/** What the receiver says, when it says it in words. */
async function wordsOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => "");
  try {
    const said = JSON.parse(text) as { message?: unknown; error?: unknown; errors?: { message?: unknown }[] };
    const found = [said.message, said.error, said.errors?.[0]?.message].find((one) => typeof one === "string" && one.trim() !== "");
    return typeof found === "string" ? found : "";
  } catch {
    return "";
  }
}

/** Sends it as the site's own script does, and reads the answer. */
export async function sendHere(test: FormTest, fields: TestField[]): Promise<Answer> {
  const host = hostOf(test.action);
  let response: Response;
  try {
    response = await fetch(test.action, { method: "POST", body: bodyOf(fields), headers: { accept: "application/json" }, credentials: "omit", referrerPolicy: "no-referrer" });
  } catch {
    return { tone: "bad", words: `${host} did not answer in a way that can be read here. Are you online, and is the address right? Visitors would be told that sending failed.` };
  }
  const said = await wordsOf(response);
  if (response.ok) return { tone: "good", words: `${host} took the message${said ? `: “${said}”` : ""}. Look whether it reaches you.` };
  return { tone: "bad", words: `${host} refused the message with ${response.status}${said ? `: “${said}”` : ""}. Look at the form's receiver in the inspector.` };
}

/** Lets the browser send it: it opens the mail program, or shows in this tab what the receiver answers. */
export function sendByBrowser(test: FormTest, fields: TestField[]) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = test.action;
  if (test.isPlain) form.enctype = "text/plain";
  form.hidden = true;
  for (const { name, value } of fields) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  document.body.append(form);
  form.submit();
  form.remove();
}
