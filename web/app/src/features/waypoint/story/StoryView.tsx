// A story: its words, its chapters, how it is told, and how that looks.
import { request, send } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { EmptyState, ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { Menu } from "@accid/ui/Menu";
import { SelectField } from "@accid/ui/Field";
import { useQuery } from "@tanstack/react-query";
import { BookOpenText, BookPlus, CalendarDays, Download, FileOutput, Lock, MapPin, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../../shared/abilities.ts";
import { say } from "../../../shared/announce.ts";
import { data, refresh, useRows } from "../model/data.ts";
import { makeObject, trashObject } from "../model/edits.ts";
import { useGallery } from "../model/gallery.ts";
import type { Story } from "@accid/api-client/waypoint";
import { perform } from "../model/undo.ts";
import { NameDialog } from "../NameDialog.tsx";
import { useListDrag } from "../useListDrag.ts";
import { ChapterCard } from "./ChapterCard.tsx";
import { addChapter, fieldsOf, moveChapter } from "./chapters.ts";
import { PagesDialog } from "./PagesDialog.tsx";
import { StoryPreview } from "./StoryPreview.tsx";
import styles from "./Story.module.css";
import { StoryWords } from "./StoryWords.tsx";
import { useStoryEdits } from "./useStoryEdits.ts";

export function StoryView({ onPrivacy }: { onPrivacy: () => void }) {
  const project = useGallery((state) => state.project);
  const stories = useQuery(data.stories(project));
  const { rows } = useRows();
  const [chosen, setChosen] = useState<string | null>(null);
  const [dialog, setDialog] = useState<"new" | "pages" | null>(null);
  const may = useMay();
  const mayEdit = may("edit-photos");
  const all = stories.data ?? [];
  const { story, edit, flush, revision } = useStoryEdits(all.find((one) => one.id === chosen) ?? all[0]);
  const drag = useListDrag(story?.chapters.length ?? 0, (from, to) => { edit("Move a chapter", (now) => moveChapter(now, from, to)); say(`Chapter at place ${to + 1} of ${story?.chapters.length ?? 0}.`); }, { axis: "down", handle: "[data-handle]" });
  const make = (title: string) => void makeObject<Story>({ project, url: urls.stories(project), body: { title }, of: (id) => urls.story(project, id), part: "stories", title: `Begin the story ${title}`, onMade: (made) => { setChosen(made.id); return request(urls.arrangeStory(project, made.id), { body: { by: "day" } }); } });
  const remove = (one: Story) => void trashObject({ project, url: urls.story(project, one.id), part: "stories", title: `Remove the story ${one.title}` });
  const arrange = (by: "day" | "place") => {
    if (!story) return;
    flush();
    const before = fieldsOf(story);
    void perform({
      title: `Arrange by ${by}`,
      redo: async () => { await request(urls.arrangeStory(project, story.id), { body: { by } }); await refresh(project, "stories"); },
      undo: async () => { await send(urls.story(project, story.id), { method: "PUT", body: before }); await refresh(project, "stories"); },
    });
  };
  const naming = dialog === "new" && <NameDialog title="New story" label="Title" value="" action="Begin it" help="It begins with a chapter for each day." onClose={() => setDialog(null)} onName={make} />;
  if (stories.error) return <div className={styles["note"]}><ErrorNote error={stories.error} /></div>;
  if (stories.isPending) return <div className={styles["note"]} aria-busy="true"><Skeleton height={320} /></div>;
  if (!story) {
    return (
      <div className={styles["note"]}>
        <EmptyState icon={<BookOpenText />} title="No story yet" action={mayEdit && <Button kind="primary" icon={<BookPlus />} onClick={() => setDialog("new")}>Begin a story</Button>}>
          <p>{rows.length > 0 ? "ACCID puts your photos into chapters by day or place; you write what happened between them." : "A story begins by itself with your first photos: a chapter for each day."}</p>
        </EmptyState>
        {naming}
      </div>
    );
  }
  const which = all.length > 1 && <div className={styles["which"]}><SelectField label="Story" hideLabel value={story.id} options={all.map((one) => ({ value: one.id, title: one.title || "Without a title" }))} onChange={(event) => { flush(); setChosen(event.target.value); }} /></div>;
  const download = may("export-story") && <a className={styles["download"]} href={urls.storyZip(project, story.id, story.template ?? "timeline")} download="" onClick={flush}><Download aria-hidden="true" />Export as zip</a>;
  if (!mayEdit) {
    return (
      <div className={styles["view"]} data-alone="">
        {(which || download) && <div className={styles["bar"]}>{which}{download}</div>}
        <StoryPreview story={story} revision={revision} edit={null} />
      </div>
    );
  }
  return (
    <div className={styles["view"]}>
      <div className={styles["editor"]} data-scroller="">
        <div className={styles["bar"]}>
          {which}
          <Button icon={<CalendarDays />} onClick={() => arrange("day")}>By day</Button>
          <Button icon={<MapPin />} onClick={() => arrange("place")}>By place</Button>
          <Button icon={<Lock />} onClick={onPrivacy}>Privacy</Button>
          {download}
          <Menu label="More about stories" items={[
            { title: "New story", icon: <BookPlus />, run: () => setDialog("new") }, { title: "Put into a website of mine", icon: <FileOutput />, run: () => { flush(); setDialog("pages"); } },
            { title: "Remove the story", icon: <Trash2 />, danger: true, run: () => remove(story) },
          ]} />
        </div>
        <StoryWords key={story.id} story={story} edit={edit} flush={flush} rows={rows} />
        <ol className={styles["chapters"]} aria-label="Chapters" {...drag.list}>
          {story.chapters.map((chapter, index) => (
            <li key={chapter.id} className={styles["chapter"]} data-chapter={chapter.id} {...drag.item(index)}>
              <ChapterCard story={story} chapter={chapter} index={index} rows={rows} edit={edit} flush={flush} onKey={drag.key} />
            </li>
          ))}
        </ol>
        <Button icon={<Plus />} onClick={() => edit("Add a chapter", (now) => addChapter(now, now.chapters.length).story)}>Add a chapter</Button>
      </div>
      <StoryPreview story={story} revision={revision} edit={edit} />
      {naming}
      {dialog === "pages" && <PagesDialog story={story} onClose={() => setDialog(null)} />}
    </div>
  );
}
