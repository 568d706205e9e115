// Changes of a story: shown at once, sent after a pause, undone as steps. What is typed without a pause is one step.
import { send } from "@accid/api-client/client";
import { urls } from "@accid/api-client/urls";
import { useEffect, useRef, useState } from "react";
import { queryClient } from "../../../shared/queries.ts";
import { outlives } from "../model/edits.ts";
import { data, refresh } from "../model/data.ts";
import { useGallery } from "../model/gallery.ts";
import { fieldsOf } from "./chapters.ts";
import type { Story } from "../model/types.ts";
import { perform } from "../model/undo.ts";

const pause = 700;

export interface StoryEdits {
  /** `key`: changes with the same one follow each other as one step. */
  edit: (title: string, change: (story: Story) => Story, key?: string) => void;
  /** Sends what waits. */
  flush: () => void;
  /** Grows when the program has a change: what shows the story is drawn anew. */
  revision: number;
}

export function useStoryEdits(id: string | undefined): StoryEdits {
  const project = useGallery((state) => state.project);
  const [revision, setRevision] = useState(0);
  const waiting = useRef<{ before: Story; after: Story; title: string; key: string; timer: number } | null>(null);
  const listKey = data.stories(project).queryKey;
  const now = () => queryClient.getQueryData<Story[]>(listKey)?.find((story) => story.id === id);
  const show = (story: Story) => queryClient.setQueryData<Story[]>(listKey, (all) => all?.map((one) => (one.id === story.id ? story : one)));
  const write = async (story: Story) => {
    show(story);
    const body = fieldsOf(story);
    try {
      await send(urls.story(project, story.id), { method: "PUT", body, keepalive: outlives(body) });
    } finally {
      // What was typed meanwhile stays; the list is read anew when nothing waits.
      if (!waiting.current) await refresh(project, "stories");
      setRevision((count) => count + 1);
    }
  };
  const flush = () => {
    const step = waiting.current;
    if (!step) return;
    waiting.current = null;
    clearTimeout(step.timer);
    void perform({ title: step.title, redo: () => write(step.after), undo: () => write(step.before) }, { quiet: true });
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
    const story = now();
    if (!story) return;
    const after = change(story);
    if (after === story) return;
    const before = waiting.current?.before ?? story;
    if (waiting.current) clearTimeout(waiting.current.timer);
    show(after);
    waiting.current = { before, after, title, key, timer: window.setTimeout(() => latest.current(), key === "" ? 0 : pause) };
  };
  return { edit, flush, revision };
}
