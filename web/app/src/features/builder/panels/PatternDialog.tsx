// Ready-made pages and sections, as ACCID renders them: one click puts one on the page.
import { request } from "@accid/api-client/client";
import type { PageView, Pattern } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { SelectField, TextField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "../../../shared/announce.ts";
import { Preview } from "../../../shared/Preview.tsx";
import { queries, refreshProjects } from "../../../shared/queries.ts";
import { useSession, useWorkbench } from "../model/context.tsx";
import { change, undoStep } from "../model/session.ts";
import { copyModule, toDocument } from "../model/tree.ts";
import { findPatterns, topIndexBehind } from "./patterns.ts";
import styles from "./Patterns.module.css";

type Where = "behind" | "end" | "replace";

export function PatternDialog({ onClose }: { onClose: () => void }) {
  const { session, saver } = useWorkbench();
  const patterns = useQuery(queries.patterns());
  const [text, setText] = useState("");
  const behind = useSession((state) => topIndexBehind(state.page.modules, state.selected));
  const [where, setWhere] = useState<Where>(behind === null ? "end" : "behind");
  const groups = findPatterns(patterns.data ?? [], text);
  const apply = useMutation({
    mutationFn: async (pattern: Pattern) => {
      const { project, pageId } = session.getState();
      const mode = where === "replace" ? { mode: "replace" } : where === "behind" && behind !== null ? { mode: "insert", index: behind } : { mode: "append" };
      await saver.apply(`Pattern: ${pattern.title}`, (etag) => request<PageView>(urls.applyPattern(project, pageId), { body: { pattern: pattern.id, ...mode }, ifMatch: etag }));
      return pattern;
    },
    onSuccess: (pattern) => {
      refreshProjects();
      onClose();
      toast(`“${pattern.title}” is on the page. Write your own words over it.`, { tone: "success", action: { title: "Undo", run: () => undoStep(session) } });
    },
  });
  const project = useSession((state) => state.project);
  const word = text.trim().toLowerCase();
  const own = (useQuery(queries.pagesOfRole(project, "pattern")).data ?? []).filter((page) => page.title.toLowerCase().includes(word));
  const applyOwn = (page: PageView) => {
    const modules = toDocument(page as PageView & Record<string, unknown>).modules.map(copyModule);
    change(session, (now) => {
      const at = where === "behind" && behind !== null ? behind : now.modules.length;
      return { ...now, modules: where === "replace" ? modules : [...now.modules.slice(0, at), ...modules, ...now.modules.slice(at)] };
    }, { title: `Pattern: ${page.title}`, select: modules[0]?.id ?? null });
    onClose();
    toast(`“${page.title}” is on the page.`, { tone: "success", action: { title: "Undo", run: () => undoStep(session) } });
  };
  const places = [
    ...(behind === null ? [] : [{ value: "behind", title: "Behind what is chosen" }]),
    { value: "end", title: "At the end of the page" }, { value: "replace", title: "In place of all that is on the page" },
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
                <button type="button" className={styles["pattern"]} data-own-pattern={page.id} onClick={() => applyOwn(page)}>
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
