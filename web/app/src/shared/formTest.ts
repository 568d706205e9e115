// A test of a form, handed from the builder to the page that sends it, and what came of it. The page stands in a tab of
// its own: it alone may reach other hosts, and only with what the builder put here.
export interface TestField { name: string; value: string; /** What a visitor reads beside it; none for what is sent unseen. */ label: string; long: boolean }
export interface FormTest {
  /** The module it belongs to. */
  module: string;
  title: string;
  /** Where it is sent: `mailto:` or a whole address. */
  action: string;
  /** Whether the receiver's answer can be read by another page; else the browser shows it. */
  answers: "here" | "in-the-tab";
  /** A PHP file of one's own, which a host without PHP would show as text. */
  isPhp: boolean;
  /** Sent as plain text, as mail programs want it. */
  isPlain: boolean;
  fields: TestField[];
}
export interface TestOutcome { module: string; tone: "good" | "bad" | "open"; words: string }

export const formTestPage = "/form-test.html";
const shelf = "accid.form-test";
const channel = "accid.form-test";

/** Opens the page in a tab of its own. Returns false when the browser does not let it. */
export function openFormTest(test: FormTest): boolean {
  const id = Math.random().toString(36).slice(2, 10);
  localStorage.setItem(`${shelf}/${id}`, JSON.stringify(test));
  return window.open(`${formTestPage}#${id}`, "_blank") !== null;
}

const isField = (value: unknown): value is TestField => typeof value === "object" && value !== null && typeof (value as TestField).name === "string" && typeof (value as TestField).value === "string";

/** The test this page was opened with, once; it stays while the tab does. */
export function takeFormTest(id: string): FormTest | null {
  const name = `${shelf}/${id}`;
  const text = localStorage.getItem(name) ?? sessionStorage.getItem(name);
  localStorage.removeItem(name);
  if (text === null) return null;
  sessionStorage.setItem(name, text);
  try {
    const test = JSON.parse(text) as FormTest;
    return /^(mailto:|https?:\/\/)/.test(test.action) && Array.isArray(test.fields) && test.fields.every(isField) ? test : null;
  } catch {
    return null;
  }
}

export function tellOutcome(outcome: TestOutcome) {
  const to = new BroadcastChannel(channel);
  to.postMessage(outcome);
  to.close();
}

export function onOutcome(listener: (outcome: TestOutcome) => void): () => void {
  const from = new BroadcastChannel(channel);
  from.onmessage = (event) => listener(event.data as TestOutcome);
  return () => from.close();
}
