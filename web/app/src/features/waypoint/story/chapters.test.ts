import { describe, expect, it } from "vitest";
import type { Story } from "@accid/api-client/waypoint";
import { addChapter, changeChapter, leaveOut, moveChapter, movePhotos, removeChapter, stepPhoto } from "./chapters.ts";

const story: Story = { id: "s", title: "Trip", by: "day", chapters: [{ id: "a", title: "One", photos: ["1", "2", "3"] }, { id: "b", photos: ["4"] }, { id: "c", photos: ["5", "6"] }] };
const told = (one: Story) => one.chapters.map((chapter) => `${chapter.id}${chapter.photos.join("")}`).join(" ");

describe("chapters", () => {
  it("are moved, made and taken away without losing a photo, and are by hand from then on", () => {
    expect([told(moveChapter(story, 0, 2)), moveChapter(story, 0, 2).by, told(moveChapter(story, 9, 0))]).toEqual(["b4 c56 a123", "hand", "a123 b4 c56"]);
    const added = addChapter(story, 1);
    expect(added.story.chapters[1]).toMatchObject({ id: added.id, photos: [] });
    expect([told(removeChapter(story, "b")), told(removeChapter(story, "a")), told(removeChapter(story, "gone"))]).toEqual(["a1234 c56", "b1234 c56", "a123 b4 c56"]);
    expect(changeChapter(story, "b", { title: "Two" }).chapters[1]).toMatchObject({ title: "Two", photos: ["4"] });
  });
  it("exchange photos: before another, at the end, over their edges", () => {
    expect([told(movePhotos(story, ["5", "2"], "b", "4")), told(movePhotos(story, ["1"], "a", null)), movePhotos(story, ["1"], "a", "1")]).toEqual(["a13 b524 c6", "a231 b4 c56", story]);
    expect([told(stepPhoto(story, "1", 1)), told(stepPhoto(story, "3", 1)), told(stepPhoto(story, "4", -1)), stepPhoto(story, "1", -1), told(stepPhoto(story, "3", -1))]).toEqual(["a213 b4 c56", "a12 b34 c56", "a1234 b c56", story, "a132 b4 c56"]);
    expect(told(leaveOut(story, "5"))).toBe("a123 b4 c6");
  });
});
