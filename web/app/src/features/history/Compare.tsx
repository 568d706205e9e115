// A version of a page beside today's, both rendered by ACCID, with what differs outlined and told in words.
import type { ModuleChange, PageChange, PageView, Version } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ErrorNote, Skeleton } from "@accid/ui/Feedback";
import { Tabs } from "@accid/ui/Tabs";
import { useQuery } from "@tanstack/react-query";
import { Bookmark, FileClock, FolderClock } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { formatDay, formatTime } from "../../shared/format.ts";
import { queries } from "../../shared/queries.ts";
import { ChangeList, Legend } from "./ChangeList.tsx";
import { comesBack, isShownOn, wordsOf, type Side } from "./changes.ts";
import styles from "./History.module.css";
import { Scaled } from "./Scaled.tsx";
import { markWords, textNodes, textOf } from "./textMarks.ts";
import { wantedDocument, type Wanted } from "./wanted.ts";
import { compareWords, type Part } from "./words.ts";

/** What is shown of a project side by side: its pages, or the stories of a gallery. */
export type Shown = Pick<PageView, "id" | "title" | "path">;
interface Props {
  project: string; pages: Shown[]; isGallery: boolean; page: string; path: string; version: Version; isNewest: boolean; isOnly: boolean; busy: boolean; error: unknown;
  onMark: () => void;
  onRestore: (wanted: Wanted) => void;
}
const none: ModuleChange[] = [];

/** What became of the words of each changed module, once both pages are there; it is marked in them too. */
function useWords(documents: Partial<Record<Side, Document>>, modules: ModuleChange[]): Map<string, Part[]> {
  const { then, today } = documents;
  const words = useMemo(() => {
    const found = new Map<string, Part[]>();
    if (!then || !today) return found;
    for (const { id, change } of modules) {
      if (change !== "changed") continue;
      const parts = compareWords(textOf(textNodes(then, id)), textOf(textNodes(today, id)));
      if (parts.some((part) => part.kind !== "same")) found.set(id, parts);
    }
    return found;
  }, [then, today, modules]);
  useEffect(() => {
    const changed = [...words].map(([id, parts]) => ({ id, parts }));
    if (then) markWords(then, "removed", changed);
    if (today) markWords(today, "added", changed);
  }, [then, today, words]);
  return words;
}

export function Compare({ project, pages, isGallery, page: openPage, path: openPath, version, isNewest, isOnly, busy, error, onMark, onRestore }: Props) {
  const may = useMay();
  const mayRestore = may("restore-version");
  const [side, setSide] = useState<Side>("then");
  const [asking, setAsking] = useState(false);
  const [page, setPage] = useState(openPage);
  const [chosen, setChosen] = useState<string | null>(null);
  const [documents, setDocuments] = useState<Partial<Record<Side, Document>>>({});
  const changes = useQuery({ ...queries.changes(project, version.id), enabled: !isNewest });
  const types = useQuery(queries.moduleTypes()).data;
  const when = `${formatDay(version.at)}, ${formatTime(version.at)}`;
  const shown = pages.find((one) => one.id === page);
  const path = shown?.path ?? openPath;
  const modules = changes.data?.pages.find((one) => one.id === page)?.modules ?? none;
  const story = isGallery ? changes.data?.documents.find((one) => one.collection === "stories" && one.id === page && comesBack(one)) : undefined;
  const words = useWords(documents, modules);
  const look = (module: ModuleChange) => {
    setChosen(module.id === chosen ? null : module.id);
    if (!isShownOn(side, module.change)) setSide(side === "then" ? "today" : "then");
  };
  const turnTo = (one: PageChange) => { setPage(one.id); setChosen(null); setDocuments({}); };
  const frame = { modules, chosen, onDocument: (which: Side, loaded: Document) => setDocuments((now) => ({ ...now, [which]: loaded })) };
  return (
    <section className={styles["compare"]} aria-label="Comparison">
      <div className={styles["actions"]}>
        <p>{isNewest ? (isOnly ? "This is the first version. Change something, save, and come back: what was then stands beside what is today." : "This is the newest version: it is what you see today.") : <><strong>{shown?.title ?? (isGallery ? "The story" : "The page")}</strong> as it was: {when}</>}</p>
        {page !== openPage && <Button onClick={() => { setPage(openPage); setChosen(null); }}>{isGallery ? "Back to the first story" : "Back to the open page"}</Button>}
        {may("name-version") && <Button icon={<Bookmark />} onClick={onMark}>Name or pin</Button>}
        {mayRestore && !isNewest && <>
          <Button icon={<FolderClock />} busy={busy} onClick={() => setAsking(true)}>Restore project</Button>
          {!isGallery && <Button kind="primary" icon={<FileClock />} busy={busy} onClick={() => onRestore({ what: "page", page })}>Restore page</Button>}
          {story && <Button kind="primary" icon={<FileClock />} busy={busy} onClick={() => onRestore(wantedDocument(story))}>Restore story</Button>}
        </>}
      </div>
      {version.note && <p className={styles["note"]}>{version.note}</p>}
      {Boolean(error) && <ErrorNote error={error} />}
      {changes.error && <ErrorNote error={changes.error} />}
      {!isNewest && (
        <div className={styles["differences"]} role="region" aria-label="What differs" tabIndex={0}>
          {changes.isPending && <Skeleton height={40} />}
          {changes.data && <ChangeList changes={changes.data} types={types} page={page} chosen={chosen} busy={busy} mayRestore={mayRestore} words={words}
            wordsOf={(module) => wordsOf(documents.today ?? null, module.id) || wordsOf(documents.then ?? null, module.id)} onPage={turnTo} onModule={look}
            onRestore={(one, module) => onRestore({ what: "module", page: one.id, module: module.id })} onRestoreOther={onRestore} />}
        </div>
      )}
      {!isNewest && <div className={styles["narrow"]}>
        <Tabs label="Which version is shown" chosen={side} onChoose={setSide} tabs={[{ name: "then", title: "Then" }, { name: "today", title: "Today" }]}>{null}</Tabs>
      </div>}
      {modules.length > 0 && <Legend />}
      <div className={styles["sides"]} data-side={isNewest ? "today" : side} data-alone={isNewest || undefined}>
        {!isNewest && <figure data-name="then"><figcaption>Then · {when}</figcaption><Scaled {...frame} side="then" src={urls.history(project, version.id, path)} title={`The ${isGallery ? "story" : "page"} as it was: ${when}`} /></figure>}
        <figure data-name="today"><figcaption>Today</figcaption><Scaled {...frame} side="today" src={urls.canvas(project, path)} title={`The ${isGallery ? "story" : "page"} as it is today`} /></figure>
      </div>
      {asking && (
        <Dialog title="Restore the whole project?" onClose={() => setAsking(false)} footer={<>
          <Button onClick={() => setAsking(false)}>Cancel</Button>
          <Button kind="primary" onClick={() => { setAsking(false); onRestore({ what: "project" }); }}>Restore project</Button>
        </>}>
          <p>All pages, photos and settings of the project become what they were: {when}. This is a version of its own, so it can be undone.</p>
        </Dialog>
      )}
    </section>
  );
}
