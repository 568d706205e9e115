// Ready-made pages and sections, as ACCID renders them: one click puts one on the page.
import { request } from "@accid/api-client/client";
import type { PageView } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { SelectField, TextField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "../../../shared/announce.ts";
import { Preview } from "../../../shared/Preview.tsx";
import { queries, refreshProjects } from "../../../shared/queries.ts";
import { navigate, paths } from "../../../shared/router.tsx";
import { useSession, useWorkbench } from "../model/context.tsx";
import { undoStep } from "../model/session.ts";
import { findPatterns, topIndexBehind } from "./patterns.ts";
import styles from "./Patterns.module.css";

type Where = "behind" | "end" | "replace" | "page";

export function PatternDialog({ onClose }: { onClose: () => void }) {
  const { session, saver } = useWorkbench();
  const patterns = useQuery(queries.patterns());
  const [text, setText] = useState("");
  const behind = useSession((state) => topIndexBehind(state.page.modules, state.selected));
  const [where, setWhere] = useState<Where>(behind === null ? "end" : "behind");
  const groups = findPatterns(patterns.data ?? [], text);
  const apply = useMutation({
    mutationFn: async ({ id, title }: { id: string; title: string }) => {
      const { project, pageId } = session.getState();
      if (where === "page") {
        await saver.flush();
        return { title, page: await request<PageView>(urls.pages(project), { body: { title, pattern: id } }) };
      }
      const mode = where === "replace" ? { mode: "replace" } : where === "behind" && behind !== null ? { mode: "insert", index: behind } : { mode: "append" };
      await saver.apply(`Pattern: ${title}`, (etag) => request<PageView>(urls.applyPattern(project, pageId), { body: { pattern: id, ...mode }, ifMatch: etag }));
      return { title, page: null };
    },
    onSuccess: ({ title, page }) => {
      refreshProjects();
      onClose();
      if (page) navigate(paths.builder(session.getState().project, page.slug));
      if (page) toast(`“${page.title}” is a new page. Write your own words over it.`, { tone: "success" });
      else toast(`“${title}” is on the page. Write your own words over it.`, { tone: "success", action: { title: "Undo", run: () => undoStep(session) } });
    },
  });
  const project = useSession((state) => state.project);
  const word = text.trim().toLowerCase();
  const own = (useQuery(queries.pagesOfRole(project, "pattern")).data ?? []).filter((page) => page.title.toLowerCase().includes(word));
  const places = [
    ...(behind === null ? [] : [{ value: "behind", title: "Behind what is chosen" }]),
    { value: "end", title: "At the end of the page" }, { value: "replace", title: "In place of all that is on the page" }, { value: "page", title: "On a new page" },
  ];
  return (
    <Dialog title="Patterns" size="large" onClose={onClose}>
      <div className={styles["head"]}>
        <TextField label="Find a pattern" type="search" value={text} onChange={(event) => setText(event.target.value)} />
        <SelectField label="Where it goes" options={places} value={where} onChange={(event) => setWhere(event.target.value as Where)} />
      </div>
      {apply.error && <ErrorNote error={apply.error} />}
      {patterns.error && <ErrorNote error={patterns.error} />}
      {patterns.isPending && <div className={styles["patterns"]}>{[1, 2, 3, 4].map((key) => <Skeleton key={key} height={190} />)}</div>}
      {own.length > 0 && (
        <section aria-label="Your own">
          <h3 className={styles["group"]}>Your own</h3>
          <ul className={styles["patterns"]}>
            {own.map((page) => (
              <li key={page.id}>
                <button type="button" className={styles["pattern"]} disabled={apply.isPending} data-own-pattern={page.id} onClick={() => apply.mutate(page)}>
                  <Preview src={urls.canvas(project, page.path)} revision={page.etag} />
                  <span className={styles["words"]}><strong>{page.title}</strong>{page.modules.length === 1 ? "A section you kept." : "A page you kept."}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {groups.map((group) => (
        <section key={group.title} aria-label={group.title}>
          <h3 className={styles["group"]}>{group.title}</h3>
          <ul className={styles["patterns"]}>
            {group.patterns.map((pattern) => (
              <li key={pattern.id}>
                <button type="button" className={styles["pattern"]} disabled={apply.isPending} data-pattern={pattern.id} data-kind={pattern.kind} onClick={() => apply.mutate(pattern)}>
                  <Preview src={urls.patternPreview(pattern.id)} revision={pattern.id} />
                  <span className={styles["words"]}><strong>{pattern.title}</strong>{pattern.description}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {patterns.data && groups.length === 0 && <p role="status">No pattern is called that. Look for what it should do, such as “price” or “picture”.</p>}
    </Dialog>
  );
}
