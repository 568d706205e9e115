// Changes of a story: shown at once, sent after a pause, undone as steps. What is typed without a pause is one step. Until the
// program has everything, what is shown is the draft here, whatever is read meanwhile.
import { send } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { useEffect, useRef, useState } from "react";
import { refresh } from "../model/data.ts";
import { outlives } from "../model/edits.ts";
import { useGallery } from "../model/gallery.ts";
import type { Story } from "@accid/api-client/waypoint";
import { perform } from "../model/undo.ts";
import { fieldsOf } from "./chapters.ts";

const pause = 700;

export interface StoryEdits {
  /** The story as it is shown. */
  story: Story | undefined;
  /** `key`: changes with the same one follow each other as one step. */
  edit: (title: string, change: (story: Story) => Story, key?: string) => void;
  /** Sends what waits. */
  flush: () => void;
  /** Grows when the program has a change: what shows the story is drawn anew. */
  revision: number;
}

export function useStoryEdits(saved: Story | undefined): StoryEdits {
  const project = useGallery((state) => state.project);
  const [revision, setRevision] = useState(0);
  const [draft, setDraft] = useState<Story | null>(null);
  const known = useRef<Story | null>(null);
  const sending = useRef(0);
  const waiting = useRef<{ before: Story; after: Story; title: string; key: string; timer: number } | null>(null);
  const id = saved?.id;
  const show = (story: Story | null) => { known.current = story; setDraft(story); };
  const write = async (story: Story, isShown: boolean) => {
    if (!isShown) show(story);
    const body = fieldsOf(story);
    sending.current += 1;
    try {
      await send(urls.story(project, story.id), { method: "PUT", body, keepalive: outlives(body) });
    } finally {
      sending.current -= 1;
      setRevision((count) => count + 1);
      if (!waiting.current && sending.current === 0) {
        await refresh(project, "stories");
        if (!waiting.current && sending.current === 0) show(null);
      }
    }
  };
  const flush = () => {
    const step = waiting.current;
    if (!step) return;
    waiting.current = null;
    clearTimeout(step.timer);
    let isShown = true;
    void perform({ title: step.title, redo: () => { const first = isShown; isShown = false; return write(step.after, first); }, undo: () => write(step.before, false) }, { quiet: true });
  };
  const latest = useRef(flush);
  useEffect(() => { latest.current = flush; });
  useEffect(() => {
    const leave = () => { if (document.visibilityState === "hidden") latest.current(); };
    document.addEventListener("visibilitychange", leave);
    return () => { document.removeEventListener("visibilitychange", leave); latest.current(); };
  }, [id]);
  const edit: StoryEdits["edit"] = (title, change, key = "") => {
    if (waiting.current && (key === "" || waiting.current.key !== key)) flush();
    const now = known.current?.id === id ? known.current : saved;
    if (!now) return;
    const after = change(now);
    if (after === now) return;
    const before = waiting.current?.before ?? now;
    if (waiting.current) clearTimeout(waiting.current.timer);
    show(after);
    waiting.current = { before, after, title, key, timer: window.setTimeout(() => latest.current(), key === "" ? 0 : pause) };
  };
  return { story: draft && draft.id === id ? draft : saved, edit, flush, revision };
}
