// The story that is judged: photos of the demo with when and where they were taken, told in each of the five ways.
import { readFile } from "node:fs/promises";

/** The ways a story is told. */
export const WAYS = ["timeline", "grid", "mystery-dots", "map", "slideshow"];

const MEDIA = new URL("../../crates/accid-studio/demo/media/", import.meta.url);

/** Day, time, file, what it shows, the line under it, latitude and longitude. */
const PHOTOS = [
  ["2026-01-10T09:20:00-04:00", "trade-winds", "A yacht under sail with green hills behind.", "Grenada astern.", 12.33, -61.62],
  ["2026-01-10T17:40:00-04:00", "golden-hour", "A sloop in front of a low sun.", "An hour before dark.", 12.6, -61.46],
  ["2026-01-12T11:05:00-04:00", "tobago-cays", "Two islets and five yachts over turquoise water.", "", 12.632, -61.356],
  ["2026-01-15T18:30:00-04:00", "admiralty-bay", "A harbour at dusk with lamps on the hills.", "When the lamps come on.", 13.008, -61.244],
  ["2026-01-16T12:00:00-04:00", "under-the-keel", "A turtle below the keel of a boat.", "Four metres of water.", 13.242, -61.282],
  ["2026-01-16T23:10:00-04:00", "night-watch", "A helm under stars.", "The middle watch.", 13.55, -61.21],
  ["2026-01-17T07:15:00-04:00", "pitons", "Two steep mountains above a bay.", "Before the wind.", 13.843, -61.07],
];

const paragraph = (text) => ({ type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text }] }] });

/** Makes the gallery through the API; `call(method, address, body)` gives an answer's data. */
export async function makeStories(call, base) {
  const project = await call("POST", "/api/projects", { name: "A spring to windward", type: "gallery" });
  const site = { ...project.site, language: "en", description: "Seven days under sail from Grenada to Saint Lucia, day by day." };
  await call("PUT", `/api/projects/${project.id}`, { site });
  const at = `/api/gallery/${project.id}`;
  for (const [time, name, alt, caption, lat, lon] of PHOTOS) {
    const form = new FormData();
    form.append("files", new Blob([await readFile(new URL(`${name}.jpg`, MEDIA))], { type: "image/jpeg" }), `${name}.jpg`);
    const answer = await fetch(`${base}${at}/photos/upload`, { method: "POST", body: form });
    const { data } = await answer.json();
    const [photo] = data.items;
    await call("PUT", `${at}/photos/${photo.id}`, { alt, caption, location: { lat, lon }, taken: { at: time } });
  }
  const [story] = (await call("GET", `${at}/stories`)).items;
  const chapters = story.chapters.map((chapter, index) =>
    index === 0 ? { ...chapter, title: "Away at last", text: paragraph("The list had nine things on it when we arrived and thirty-one when we left.") } : chapter,
  );
  const intro = paragraph("The trade wind blows from the east, so every island keeps a quiet side for those who come slowly.");
  await call("PUT", `${at}/stories/${story.id}`, { subtitle: "Seven days from Grenada to Saint Lucia", intro, unit: "nm", chapters });
  const tell = (template) => call("PUT", `${at}/stories/${story.id}`, { template });
  return { id: project.id, slug: project.slug, tell };
}
