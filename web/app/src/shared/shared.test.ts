// Addresses, shortcuts, words for times and sizes.
import { describe, expect, it } from "vitest";
import { useAnnouncements } from "./announce.ts";
import { formatShortcut, handleKey, matchesShortcut, registerCommands, registerLocalKeys, shortcutGroups } from "./commands.ts";
import { formatAgo, formatBytes, formatCount, formatDay } from "./format.ts";
import { parsePath, paths } from "./router.tsx";

const key = (name: string, modifiers: Partial<KeyboardEventInit> = {}) => new KeyboardEvent("keydown", { key: name, cancelable: true, bubbles: true, ...modifiers });

describe("addresses", () => {
  it("lead to their views and back", () => {
    expect(parsePath("/")).toEqual({ view: "dashboard" });
    expect(parsePath(paths.builder("my site", "über"))).toEqual({ view: "builder", project: "my site", page: "über" });
    expect(parsePath("/projects/a")).toEqual({ view: "builder", project: "a", page: null });
    expect(parsePath("/what/ever").view).toBe("missing");
    expect(parsePath("/%E0%A4%A").view).toBe("missing");
  });
});

describe("shortcuts", () => {
  it("match exactly the keys they name", () => {
    expect(matchesShortcut(key("z", { ctrlKey: true }), "Mod+z")).toBe(true);
    expect(matchesShortcut(key("Z", { ctrlKey: true, shiftKey: true }), "Mod+z")).toBe(false);
    expect(matchesShortcut(key("Z", { ctrlKey: true, shiftKey: true }), "Mod+Shift+Z")).toBe(true);
    expect(matchesShortcut(key("?", { shiftKey: true }), "?")).toBe(true);
    expect(matchesShortcut(key("+", { shiftKey: true }), "+")).toBe(true);
    expect(matchesShortcut(key("+", { ctrlKey: true }), "Mod++")).toBe(true);
    expect(matchesShortcut(key("+", { ctrlKey: true }), "+")).toBe(false);
    expect(formatShortcut(["Mod+Shift+Z", "Mod+y"])).toBe("Ctrl+Shift+Z");
  });

  it("do not run while somebody types, unless they are meant to", () => {
    const ran: string[] = [];
    const stop = registerCommands("test", [
      { id: "plain", title: "Plain", group: "Test", shortcut: "h", run: () => ran.push("plain") },
      { id: "typing", title: "Typing", group: "Test", shortcut: "Mod+s", whileTyping: true, run: () => ran.push("typing") },
      { id: "never", title: "Never", group: "Test", shortcut: "q", when: () => false, run: () => ran.push("never") },
    ]);
    document.body.innerHTML = "<input><p></p>";
    const listen = (event: Event) => handleKey(event as KeyboardEvent);
    document.addEventListener("keydown", listen);
    const input = document.querySelector("input");
    const text = document.querySelector("p");
    input?.dispatchEvent(key("h"));
    input?.dispatchEvent(key("s", { ctrlKey: true }));
    text?.dispatchEvent(key("h"));
    text?.dispatchEvent(key("q"));
    document.removeEventListener("keydown", listen);
    stop();
    expect(ran).toEqual(["typing", "plain"]);
  });
});

describe("the sheet of shortcuts", () => {
  it("tells every key of every command, and those of single places", () => {
    const run = () => undefined;
    const stops = [
      registerCommands("test", [{ id: "a", title: "Redo", group: "Page", shortcut: ["Mod+Shift+Z", "Mod+y"], run }, { id: "b", title: "Nameless", group: "Page", run }]),
      registerLocalKeys("test", [{ title: "Leave", group: "Page", shortcut: ["Escape"] }]),
    ];
    expect(shortcutGroups()).toEqual([{ title: "Page", entries: [{ title: "Redo", keys: ["Ctrl+Shift+Z", "Ctrl+Y"] }, { title: "Leave", keys: ["Esc"] }] }]);
    stops.forEach((stop) => stop());
    expect(shortcutGroups()).toEqual([]);
  });
});

describe("keys", () => {
  const press = (name: string) => { const event = key(name); handleKey(event); return event.defaultPrevented; };

  it("say why they do nothing now, and keep the browser from doing something else", () => {
    const stop = registerCommands("test", [{ id: "a", title: "Move", group: "Test", shortcut: "m", when: () => false, otherwise: "Choose something first.", run: () => undefined }]);
    expect(press("m")).toBe(true);
    expect(useAnnouncements.getState().spoken).toBe("Choose something first.");
    stop();
    expect(press("m")).toBe(false);
  });

  it("work in a panel that is shown as a drawer, and not behind a question", () => {
    let count = 0;
    const stop = registerCommands("test", [{ id: "a", title: "Move", group: "Test", shortcut: "m", run: () => { count += 1; } }]);
    document.body.innerHTML = "<dialog open><div data-commands-work></div></dialog>";
    press("m");
    document.body.insertAdjacentHTML("beforeend", "<dialog open>Sure?</dialog>");
    press("m");
    document.body.innerHTML = "";
    stop();
    expect(count).toBe(1);
  });
});

describe("words", () => {
  it("say times, days, sizes and counts", () => {
    const now = Date.parse("2026-03-10T12:00:00Z");
    expect(formatAgo("2026-03-10T11:57:00Z", now)).toBe("3 minutes ago");
    expect(formatAgo("2026-03-10T11:59:50Z", now)).toBe("just now");
    expect(formatDay("2026-03-09T12:00:00", new Date("2026-03-10T01:00:00"))).toBe("Yesterday");
    expect(formatBytes(999)).toBe("999 bytes");
    expect(formatBytes(1_250_000)).toBe("1.3 MB");
    expect(formatCount(1, "page")).toBe("1 page");
    expect(formatCount(0, "page")).toBe("0 pages");
  });
});
