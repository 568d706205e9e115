// Chapters of a story: moved, split, joined, and photos moved between them. Pure.
import { newId } from "../../../shared/newId.ts";
import type { Chapter, Story } from "@accid/api-client/waypoint";

const withChapters = (story: Story, chapters: Chapter[]): Story => ({ ...story, chapters });

export const changeChapter = (story: Story, id: string, part: Partial<Chapter>): Story => withChapters(story, story.chapters.map((one) => (one.id === id ? { ...one, ...part } : one)));

export function moveChapter(story: Story, from: number, to: number): Story {
  const chapters = [...story.chapters];
  const [moved] = chapters.splice(from, 1);
  if (!moved) return story;
  chapters.splice(to, 0, moved);
  return withChapters({ ...story, by: "hand" }, chapters);
}

export function addChapter(story: Story, at: number): { story: Story; id: string } {
  const chapter: Chapter = { id: newId(), title: "", photos: [] };
  return { story: withChapters({ ...story, by: "hand" }, [...story.chapters.slice(0, at), chapter, ...story.chapters.slice(at)]), id: chapter.id };
}

/** The photos of a chapter that goes join the one before it, or the one after. */
export function removeChapter(story: Story, id: string): Story {
  const at = story.chapters.findIndex((one) => one.id === id);
  const gone = story.chapters[at];
  if (!gone) return story;
  const heir = story.chapters[at - 1] ?? story.chapters[at + 1];
  const rest = story.chapters.filter((one) => one.id !== id).map((one) => (one.id !== heir?.id ? one : { ...one, photos: story.chapters[at - 1] ? [...one.photos, ...gone.photos] : [...gone.photos, ...one.photos] }));
  return withChapters({ ...story, by: "hand" }, rest);
}

/** Moves photos before another of a chapter, or to its end. */
export function movePhotos(story: Story, photos: readonly string[], chapter: string, before: string | null): Story {
  const moving = new Set(photos);
  if (before !== null && moving.has(before)) return story;
  return withChapters({ ...story, by: "hand" }, story.chapters.map((one) => {
    const rest = one.photos.filter((id) => !moving.has(id));
    if (one.id !== chapter) return rest.length === one.photos.length ? one : { ...one, photos: rest };
    const at = before === null ? rest.length : rest.indexOf(before);
    return { ...one, photos: [...rest.slice(0, at), ...photos, ...rest.slice(at)] };
  }));
}

/** A photo one place earlier or later, over the edge of its chapter into the next. */
export function stepPhoto(story: Story, photo: string, by: 1 | -1): Story {
  const at = story.chapters.findIndex((one) => one.photos.includes(photo));
  const chapter = story.chapters[at];
  if (!chapter) return story;
  const index = chapter.photos.indexOf(photo);
  const to = index + by;
  if (to >= 0 && to < chapter.photos.length) return movePhotos(story, [photo], chapter.id, (by > 0 ? chapter.photos[to + 1] : chapter.photos[to]) ?? null);
  const next = story.chapters[at + by];
  return next ? movePhotos(story, [photo], next.id, by > 0 ? next.photos[0] ?? null : null) : story;
}

export const leaveOut = (story: Story, photo: string): Story => withChapters({ ...story, by: "hand" }, story.chapters.map((one) => (one.photos.includes(photo) ? { ...one, photos: one.photos.filter((id) => id !== photo) } : one)));

/** What a save names: everything, for what is not named stays as it is, and an undo must take back what was not there. */
export const fieldsOf = (story: Story) => ({
  title: story.title, subtitle: story.subtitle ?? "", intro: story.intro ?? null, template: story.template ?? "timeline", by: story.by ?? "day", chapters: story.chapters, tracks: story.tracks ?? [],
  no_route: story.no_route ?? false, cover: story.cover ?? null, picture: story.picture ?? null, unit: story.unit ?? "kilometres", order: story.order ?? 0, hidden: story.hidden ?? false,
});
