// What can be done in Waypoint, as commands: keys, the palette and the sheet of shortcuts follow from here.
import { BookImage, BookOpenText, Clock, EyeOff, FolderSync, Images, Lock, Map, PanelRight, Redo2, SquareCheck, Undo2 } from "lucide-react";
import { allowedCommands } from "../../shared/abilities.ts";
import type { Command } from "../../shared/commands.ts";
import { queryClient } from "../../shared/queries.ts";
import { data } from "./model/data.ts";
import { select, type Gallery, type ViewName } from "./model/gallery.ts";
import { shownRows, type Row } from "./model/rows.ts";
import { all } from "./model/selection.ts";
import { canRedo, redo, undo } from "./model/undo.ts";
import type { Album } from "@accid/api-client/waypoint";
import { photoActs } from "./photos/usePhotoActs.ts";

interface Tools { details: () => void; open: (what: "watch" | "privacy" | "time") => void }

export function waypointCommands(gallery: Gallery, tools: Tools): Command[] {
  const { project } = gallery.getState();
  const group = "Photos";
  const show = (view: ViewName) => () => gallery.setState({ view, stage: null });
  const isPhotos = () => gallery.getState().view === "photos" && gallery.getState().stage === null;
  const chooseAll = () => {
    const { filter } = gallery.getState();
    const rows = queryClient.getQueryData<Row[]>(data.rows(project).queryKey) ?? [];
    const album = filter.album ? queryClient.getQueryData<Album[]>(data.albums(project).queryKey)?.find((one) => one.id === filter.album)?.photos ?? null : null;
    select(gallery, (now) => all(now, shownRows(rows, filter, album).map((row) => row.id)));
  };
  return allowedCommands([
    { id: "undo", title: "Undo", group, icon: Undo2, shortcut: "Mod+z", run: () => void undo() },
    { id: "redo", title: "Redo", group, icon: Redo2, shortcut: ["Mod+Shift+z", "Mod+y"], when: canRedo, otherwise: "There is nothing to do again.", run: () => void redo() },
    { id: "view-photos", title: "Show the photos", group, icon: Images, shortcut: "Alt+1", run: show("photos") },
    { id: "view-map", title: "Show the map", group, icon: Map, shortcut: "Alt+2", run: show("map") },
    { id: "view-albums", title: "Show the albums", group, icon: BookImage, shortcut: "Alt+3", run: show("albums") },
    { id: "view-story", title: "Show the story", group, icon: BookOpenText, shortcut: "Alt+4", run: show("story") },
    { id: "choose-all", title: "Choose all photos", group, icon: SquareCheck, shortcut: "Mod+a", when: isPhotos, run: chooseAll },
    { id: "hide-photos", title: "Hide the chosen photos, or show them again", group, icon: EyeOff, when: () => gallery.getState().selection.chosen.size > 0, run: () => photoActs(gallery).hide() },
    { id: "details", title: "Show or hide the details", group, icon: PanelRight, shortcut: "i", run: tools.details },
    { id: "by-time", title: "Place photos by time", group, icon: Clock, run: () => tools.open("time") },
    { id: "privacy", title: "Privacy and clocks", group, icon: Lock, run: () => tools.open("privacy") },
    { id: "watch", title: "Watched folders", group, icon: FolderSync, run: () => tools.open("watch") },
  ]);
}
