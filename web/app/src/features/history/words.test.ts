import { describe, expect, it } from "vitest";
import { compareWords, differingStretches, shortened, type Part } from "./words.ts";

const side = (parts: Part[], kind: "removed" | "added") => parts.filter((part) => part.kind === "same" || part.kind === kind).map((part) => part.text).join("");
const told = (parts: Part[]) => parts.map((part) => ({ same: part.text, removed: `[-${part.text}-]`, added: `[+${part.text}+]` })[part.kind]).join("");

describe("two texts", () => {
  it("are compared word by word, with phrases kept whole", () => {
    expect(told(compareWords("Slow sailing in warm water", "Fast sailing in cold water"))).toBe("[-Slow-][+Fast+] sailing in [-warm-][+cold+] water");
    expect(told(compareWords("We sail at dawn.", "We left last night."))).toBe("We [-sail at dawn-][+left last night+].");
    expect(told(compareWords("", "New"))).toBe("[+New+]");
    expect(told(compareWords("Same", "Same"))).toBe("Same");
  });

  it("give back both texts, whatever they are", () => {
    let seed = 7;
    const random = (limit: number) => { seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648; return seed % limit; };
    const text = () => Array.from({ length: random(30) }, () => ["a", "b", "ç", "dd", ",", "🙂"][random(6)]).join(random(2) ? " " : "");
    for (let round = 0; round < 300; round += 1) {
      const [before, after] = [text(), text()];
      const parts = compareWords(before, after);
      expect([side(parts, "removed"), side(parts, "added")]).toEqual([before, after]);
    }
  });

  it("of many words without anything in common are told as a whole", () => {
    const [before, after] = [Array.from({ length: 2000 }, (_, index) => `a${index}`).join(" "), Array.from({ length: 2000 }, (_, index) => `b${index}`).join(";")];
    expect(compareWords(before, after)).toEqual([{ kind: "removed", text: before }, { kind: "added", text: after }]);
  });

  it("say where in each of them something differs", () => {
    const parts = compareWords("one two three", "one 2 three");
    expect(differingStretches(parts, "removed")).toEqual([{ from: 4, to: 7 }]);
    expect(differingStretches(parts, "added")).toEqual([{ from: 4, to: 5 }]);
  });

  it("are told shortly when much of them is the same", () => {
    const long = "word ".repeat(60);
    const parts = shortened(compareWords(`${long}old${long}`, `${long}new${long}`));
    expect(parts.map((part) => part.text.length < 80)).toEqual(parts.map(() => true));
    expect(parts[0]?.text.startsWith("…")).toBe(true);
  });
});
