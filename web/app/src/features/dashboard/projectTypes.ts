// The kinds of projects, in words for people.
import type { ProjectType } from "@accid/api-client/types";
import { FileCode2, GraduationCap, Images, PanelsTopLeft, type LucideIcon } from "lucide-react";

export const projectTypes: { name: ProjectType; title: string; about: string; Icon: LucideIcon }[] = [
  { name: "html", title: "Website", about: "Pages that you write and arrange on a canvas.", Icon: PanelsTopLeft },
  { name: "gallery", title: "Photo story", about: "Your pictures, in order, with places and words.", Icon: Images },
  { name: "tutorial", title: "Tutorial", about: "Steps one after the other, with code.", Icon: GraduationCap },
  { name: "react", title: "React app", about: "A folder that something else builds; versioned and published here.", Icon: FileCode2 },
];

export const typeOf = (name: ProjectType) => projectTypes.find((type) => type.name === name);
