// Fills in a form as it stands on the canvas, with a message that says it is a test. Reads the renderer's own HTML, so
// what is sent is what a visitor would send.
import type { FormTest, TestField } from "../../../shared/formTest.ts";

/** Receivers whose answers other pages may read. */
const readable = new Set(["formspree.io", "api.web3forms.com"]);

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function labelOf(form: HTMLFormElement, control: Control): string {
  const group = control.matches("[type=radio], [type=checkbox]") ? control.closest("fieldset")?.querySelector("legend") : null;
  const label = group ?? [...form.querySelectorAll("label")].find((one) => one.htmlFor === control.id);
  // Without what says that it is needed.
  const words = label?.cloneNode(true) as Element | undefined;
  words?.querySelectorAll("small").forEach((one) => one.remove());
  return (words?.textContent ?? control.name).replace(/\s+/g, " ").trim();
}

function answerTo(control: Control, title: string): string {
  const least = control.getAttribute("min") ?? "";
  const by: Record<string, string> = { email: "test@example.org", tel: "+43 1 2345678", url: "https://example.org/", number: least || "1", date: least || new Date().toISOString().slice(0, 10) };
  if (control.tagName === "SELECT") return [...(control as HTMLSelectElement).options].find((option) => option.value)?.value ?? "";
  const type = control.getAttribute("type") ?? "";
  if (type === "radio" || type === "checkbox" || type === "hidden") return control.value;
  const text = by[type] ?? (control.tagName === "TEXTAREA" ? `This is a test of the form${title ? ` “${title}”` : ""}, sent from ACCID. Nobody has to answer it.` : "A test from ACCID");
  const most = Number(control.getAttribute("maxlength") ?? "") || text.length;
  return text.slice(0, most).padEnd(Math.min(Number(control.getAttribute("minlength") ?? "0"), 2000), ".");
}

export interface Target { /** Where the site is on the web; empty when it is not. */ site: string; /** The page's path in it. */ path: string }

/** What keeps a form from being tried; else where it goes. */
export type Plan = { kind: "closed" } | { kind: "unpublished" } | { kind: "ready"; test: FormTest };

export function planTest(form: HTMLFormElement, module: string, title: string, { site, path }: Target): Plan {
  const action = form.getAttribute("action") ?? "";
  const submit = form.querySelector("button[type=submit]");
  if (submit?.hasAttribute("disabled")) return { kind: "closed" };
  const isOwn = !/^(mailto:|https?:)/i.test(action);
  if (isOwn && !/^https?:\/\//i.test(site)) return { kind: "unpublished" };
  const whole = isOwn ? new URL(action, new URL(path, site.endsWith("/") ? site : `${site}/`)).href : action;
  const fields: TestField[] = [];
  for (const control of form.querySelectorAll<Control>("input[name], textarea[name], select[name]")) {
    const type = control.getAttribute("type") ?? "";
    const isTaken = (type === "radio" || type === "checkbox") && fields.some((field) => field.name === control.name);
    if (isTaken || control.closest(".trap")) continue;
    fields.push({ name: control.name, value: answerTo(control, title), label: type === "hidden" ? "" : labelOf(form, control), long: control.tagName === "TEXTAREA" });
  }
  const isMail = whole.startsWith("mailto:");
  const answers = !isMail && readable.has(new URL(whole).host) ? "here" : "in-the-tab";
  return { kind: "ready", test: { module, title, action: whole, answers, isPhp: /\/form\.php$/.test(whole), isPlain: form.getAttribute("enctype") === "text/plain", fields } };
}
