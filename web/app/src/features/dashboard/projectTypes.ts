// The kinds of projects, in words for people.
import type { ProjectType } from "@accid/api-client/types";

export const projectTypes: { name: ProjectType; title: string; about: string }[] = [
  { name: "html", title: "Website", about: "Pages that you write and arrange on a canvas." },
  { name: "gallery", title: "Photo story", about: "Your pictures, in order, with places and words." },
  { name: "tutorial", title: "Tutorial", about: "Steps one after the other, with code." },
  { name: "react", title: "React app", about: "A folder that something else builds; versioned and published here." },
];
