// A test message is what a visitor would send: read from the form as it stands on the page.
import { describe, expect, it } from "vitest";
import { planTest } from "./testMessage.ts";

const formOf = (html: string) => {
  const root = document.createElement("div");
  root.innerHTML = html;
  return root.querySelector("form") as HTMLFormElement;
};
const fields = `
  <input type="hidden" name="accid-form" value="key">
  <div><label for="a">Your name <small>(required)</small></label><input type="text" id="a" name="name" maxlength="6"></div>
  <div><label for="b">E-mail</label><input type="email" id="b" name="email"></div>
  <div><label for="c">Message</label><textarea id="c" name="message"></textarea></div>
  <div><label for="d">Boat</label><select id="d" name="boat"><option value="">Choose</option><option>Sloop</option></select></div>
  <fieldset><legend>Meals</legend><input type="checkbox" id="e" name="meals[]" value="Fish"><input type="checkbox" id="f" name="meals[]" value="Rice"></fieldset>
  <div class="trap"><label for="t">Leave empty</label><input id="t" name="accid-website"></div>
  <button type="submit">Send</button>`;
const nowhere = { site: "", path: "about.html" };

describe("a test message", () => {
  it("has an answer for every field, and none for what only programs fill in", () => {
    const plan = planTest(formOf(`<form action="https://formspree.io/f/abcdwxyz" method="post">${fields}</form>`), "m", "Come aboard", nowhere);
    if (plan.kind !== "ready") throw new Error(plan.kind);
    expect(plan.test).toMatchObject({ module: "m", action: "https://formspree.io/f/abcdwxyz", answers: "here", isPhp: false, isPlain: false });
    expect(plan.test.fields.map(({ name, value, label }) => [name, value, label])).toEqual([
      ["accid-form", "key", ""], ["name", "A test", "Your name"], ["email", "test@example.org", "E-mail"],
      ["message", "This is a test of the form “Come aboard”, sent from ACCID. Nobody has to answer it.", "Message"], ["boat", "Sloop", "Boat"], ["meals[]", "Fish", "Meals"],
    ]);
  });

  it("goes to the mail program as plain text, and elsewhere into the tab", () => {
    const mail = planTest(formOf(`<form action="mailto:a@example.org" method="post" enctype="text/plain">${fields}</form>`), "m", "", nowhere);
    expect(mail).toMatchObject({ kind: "ready", test: { answers: "in-the-tab", isPlain: true } });
    expect(planTest(formOf(`<form action="https://forms.example.org/x">${fields}</form>`), "m", "", nowhere)).toMatchObject({ kind: "ready", test: { answers: "in-the-tab" } });
  });

  it("goes to the published site when that takes it, and needs one", () => {
    const own = `<form action="../form.php" method="post">${fields}</form>`;
    expect(planTest(formOf(own), "m", "", { site: "", path: "de/about.html" })).toEqual({ kind: "unpublished" });
    expect(planTest(formOf(own), "m", "", { site: "file:///srv/site", path: "de/about.html" })).toEqual({ kind: "unpublished" });
    expect(planTest(formOf(own), "m", "", { site: "https://a.example/site", path: "de/about.html" })).toMatchObject({ kind: "ready", test: { action: "https://a.example/site/form.php", isPhp: true, answers: "in-the-tab" } });
    expect(planTest(formOf(`<form method="post" data-netlify="true">${fields}</form>`), "m", "", { site: "https://a.example/", path: "about.html" })).toMatchObject({ kind: "ready", test: { action: "https://a.example/about.html", isPhp: false } });
  });

  it("is not to be had from a form that has no receiver", () => {
    expect(planTest(formOf(`<form><button type="submit" disabled>Send</button></form>`), "m", "", nowhere)).toEqual({ kind: "closed" });
  });
});
