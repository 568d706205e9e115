// One chapter: its heading, its words, its photos.
import { urls } from "@accid/api-client/urls";
import { Button, IconButton } from "@accid/ui/Button";
import { Menu } from "@accid/ui/Menu";
import { ArrowDown, ArrowUp, Eye, EyeOff, GripVertical, Plus, Trash2, X } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { say } from "../../../shared/announce.ts";
import { formatCount } from "../../../shared/format.ts";
import { RichText } from "../../../shared/rich/RichText.tsx";
import { TextField } from "@accid/ui/Field";
import { useGallery } from "../model/gallery.ts";
import type { Row } from "../model/rows.ts";
import type { Chapter, Story } from "@accid/api-client/waypoint";
import { dayInWords } from "../model/words.ts";
import { labelOf } from "../photos/PhotoTile.tsx";
import { useListDrag } from "../useListDrag.ts";
import { addChapter, changeChapter, leaveOut, moveChapter, movePhotos, removeChapter, stepPhoto } from "./chapters.ts";
import styles from "./Story.module.css";
import type { StoryEdits } from "./useStoryEdits.ts";

const part = 48;

interface Props extends Pick<StoryEdits, "edit" | "flush"> { story: Story; chapter: Chapter; index: number; rows: Row[]; onKey: (event: KeyboardEvent, index: number) => void }

export function ChapterCard({ story, chapter, index, rows, edit, flush, onKey }: Props) {
  const project = useGallery((state) => state.project);
  const [chosen, setChosen] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const known = new Map(rows.map((row) => [row.id, row]));
  const photos = all ? chapter.photos : chapter.photos.slice(0, part);
  const days = [...new Set(chapter.photos.map((id) => known.get(id)?.day ?? "").filter(Boolean))].sort();
  const facts = [chapter.place ?? "", chapter.date ? dayInWords(chapter.date, true) : days[0] ? dayInWords(days[0], true) : "", formatCount(chapter.photos.length, "photo")].filter(Boolean);
  const name = chapter.title || chapter.place || (chapter.date ? dayInWords(chapter.date) : `Chapter ${index + 1}`);
  const drag = useListDrag(photos.length, (from, to) => {
    const moving = chapter.photos[from];
    const before = chapter.photos[to > from ? to + 1 : to] ?? null;
    if (moving) edit("Move a photo", (now) => movePhotos(now, [moving], chapter.id, before));
  });
  const toOther = (photo: string) => story.chapters.filter((one) => one.id !== chapter.id).slice(0, 30).map((one) => ({ title: one.title || one.place || (one.date ? dayInWords(one.date, true) : `Chapter ${story.chapters.indexOf(one) + 1}`), run: () => edit("Move a photo", (now) => movePhotos(now, [photo], one.id, null)) }));
  return (
    <article aria-label={name} data-hidden={chapter.hidden || undefined}>
      <div className={styles["chapterHead"]}>
        <button type="button" data-handle="" className={styles["handle"]} aria-label={`Move ${name}. Alt with the arrow keys moves it.`} onKeyDown={(event) => onKey(event, index)}><GripVertical aria-hidden="true" /></button>
        <div className={styles["chapterTitle"]}>
          <TextField label={`Heading of chapter ${index + 1}`} hideLabel placeholder={chapter.place || (chapter.date ? dayInWords(chapter.date) : "Heading")} value={chapter.title ?? ""} onChange={(event) => edit("Heading of a chapter", (now) => changeChapter(now, chapter.id, { title: event.target.value }), `title ${chapter.id}`)} onBlur={flush} />
          <p>{facts.join(" · ")}{chapter.hidden ? " · hidden" : ""}</p>
        </div>
        <Menu label={`Actions for ${name}`} items={[
          { title: "Move earlier", icon: <ArrowUp />, shortcut: "Alt+↑", disabled: index === 0, run: () => edit("Move a chapter", (now) => moveChapter(now, index, index - 1)) },
          { title: "Move later", icon: <ArrowDown />, shortcut: "Alt+↓", disabled: index === story.chapters.length - 1, run: () => edit("Move a chapter", (now) => moveChapter(now, index, index + 1)) },
          { title: chapter.hidden ? "Show it" : "Hide it", icon: chapter.hidden ? <Eye /> : <EyeOff />, run: () => edit(chapter.hidden ? "Show a chapter" : "Hide a chapter", (now) => changeChapter(now, chapter.id, { hidden: !chapter.hidden })) },
          { title: "Chapter after this one", icon: <Plus />, run: () => edit("Add a chapter", (now) => addChapter(now, index + 1).story) },
          { title: "Take it away, keep its photos", icon: <Trash2 />, danger: true, disabled: story.chapters.length < 2, run: () => edit("Take a chapter away", (now) => removeChapter(now, chapter.id)) },
        ]} />
      </div>
      <RichText label={`Text of chapter ${index + 1}`} hideLabel value={chapter.text ?? undefined} placeholder="What happened?" onChange={(text) => edit("Text of a chapter", (now) => changeChapter(now, chapter.id, { text }), `text ${chapter.id}`)} onBlur={flush} />
      {photos.length > 0 && (
        <ul className={styles["strip"]} aria-label={`Photos of ${name}; Alt with the arrow keys moves one`} {...drag.list}>
          {photos.map((id, at) => {
            const row = known.get(id);
            return (
              <li key={id} data-story-photo={id} {...drag.item(at)}>
                <button type="button" aria-label={row ? labelOf(row) : "A photo that is not here any more"} aria-pressed={chosen === id} onClick={() => { if (!drag.justEnded()) setChosen(chosen === id ? null : id); }}
                  onKeyDown={(event) => {
                    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key] as 1 | -1 | undefined;
                    if (!event.altKey || by === undefined) return;
                    event.preventDefault();
                    event.stopPropagation();
                    edit("Move a photo", (now) => stepPhoto(now, id, by));
                    say(by > 0 ? "Moved later." : "Moved earlier.");
                  }}>
                  <img src={urls.picture(project, id, 320)} alt="" loading="lazy" draggable={false} />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      {chapter.photos.length > photos.length && <Button kind="ghost" onClick={() => setAll(true)}>Show {(chapter.photos.length - photos.length).toLocaleString()} more</Button>}
      {chosen && chapter.photos.includes(chosen) && (
        <div className={styles["photoActs"]} role="group" aria-label="Chosen photo">
          <span>{known.get(chosen)?.title || known.get(chosen)?.name}</span>
          {story.chapters.length > 1 && <Menu label="Move to another chapter" icon={<ArrowDown />} items={toOther(chosen)} />}
          <IconButton label="Leave it out of the story" onClick={() => { edit("Leave a photo out", (now) => leaveOut(now, chosen)); setChosen(null); }}><X /></IconButton>
        </div>
      )}
    </article>
  );
}
