// What differs between a version and today, in words: pages, their modules, other files.
import type { Changes, DocumentChange, ModuleChange, ModuleType, PageChange } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { Undo2 } from "lucide-react";
import { allChanges, byTelling, changeWords, comesBack, isNothing, isRestorable, nameCollection, nameFile, nameOfStory, otherFiles, summarise } from "./changes.ts";
import { wantedDocument, type Wanted } from "./wanted.ts";
import styles from "./History.module.css";
import { shortened, type Part } from "./words.ts";

interface Props {
  changes: Changes;
  types: ModuleType[] | undefined;
  /** The page that is compared. */
  page: string;
  chosen: string | null;
  busy: boolean;
  mayRestore: boolean;
  /** What became of the words of modules. */
  words: Map<string, Part[]>;
  wordsOf: (module: ModuleChange) => string;
  onPage: (page: PageChange) => void;
  onModule: (module: ModuleChange) => void;
  onRestore: (page: PageChange, module: ModuleChange) => void;
  onRestoreOther: (wanted: Wanted) => void;
}

/** More are not listed one by one. */
const most = 200;

export function Legend() {
  return (
    <ul className={styles["legend"]} aria-label="What the outlines mean">
      {allChanges.map((change) => <li key={change}><span data-change={change} aria-hidden="true" />{changeWords(change)}</li>)}
    </ul>
  );
}

/** A text with what was removed and what was added. */
function Words({ parts }: { parts: Part[] }) {
  const plain = (text: string) => text.replace(/\s+/g, " ");
  return (
    <p className={styles["words"]}>
      {shortened(parts).map((part, index) => part.kind === "same" ? <span key={index}>{plain(part.text)}</span> : part.kind === "removed" ? <del key={index}>{plain(part.text)}</del> : <ins key={index}>{plain(part.text)}</ins>)}
    </p>
  );
}

/** Photos, albums, routes and stories: each brought back alone. */
function Documents({ documents, busy, mayRestore, onRestore }: { documents: DocumentChange[]; busy: boolean; mayRestore: boolean; onRestore: (wanted: Wanted) => void }) {
  if (documents.length === 0) return null;
  return (
    <li>
      <ul className={styles["modules"]} aria-label="Photos, albums, routes and stories">
        {documents.slice(0, most).map((one) => (
          <li key={one.path} data-change={one.change} data-document={one.path}>
            <span className={styles["module"]}><strong>{nameCollection(one)}</strong> {changeWords(one.change)}<small>{one.title}</small></span>
            {mayRestore && comesBack(one) && <Button kind="ghost" icon={<Undo2 />} busy={busy} onClick={() => onRestore(wantedDocument(one))} aria-label={`Restore ${nameCollection(one).toLowerCase()} ${one.title}`}>Restore</Button>}
          </li>
        ))}
      </ul>
      {documents.length > most && <p className={styles["nothing"]}>And {documents.length - most} more, which come back with the whole project.</p>}
    </li>
  );
}

/** What is not a page: each under the name people know, and brought back alone. */
function OtherFiles({ files, busy, mayRestore, onRestore }: { files: string[]; busy: boolean; mayRestore: boolean; onRestore: (wanted: Wanted) => void }) {
  const isTrash = (path: string) => path.startsWith("trash/");
  const one = (path: string, title: string, wanted: Wanted) => (
    <li key={title} className={styles["file"]}>
      <span title={path}>{title}</span>
      {mayRestore && <Button kind="ghost" icon={<Undo2 />} busy={busy} onClick={() => onRestore(wanted)} aria-label={`Restore: ${title}`}>Restore</Button>}
    </li>
  );
  return (
    <>
      {files.filter((path) => !isTrash(path)).flatMap((path) => path === "accid_blotter.json"
        ? [one(path, "The look: theme and own CSS", { what: "theme" }), one(path, nameFile(path), { what: "file", path })]
        : [one(path, nameFile(path) === path ? path : `${nameFile(path)} (${path})`, { what: "file", path })])}
      {files.some(isTrash) && <li className={styles["nothing"]}>Also: {nameFile("trash/")}.</li>}
    </>
  );
}

export function ChangeList({ changes, types, page, chosen, busy, mayRestore, words, wordsOf, onPage, onModule, onRestore, onRestoreOther }: Props) {
  if (isNothing(changes)) return <p className={styles["nothing"]}>Nothing differs from today.</p>;
  const kindOf = (module: ModuleChange) => types?.find((type) => type.type === module.type)?.title ?? nameOfStory(module.type) ?? module.type;
  const modulesOf = (one: PageChange) => (
    <ul className={styles["modules"]}>
      {byTelling(one.modules).map((module) => {
        const text = wordsOf(module);
        return (
          <li key={module.id} data-change={module.change}>
            <button type="button" className={styles["module"]} aria-pressed={chosen === module.id} onClick={() => onModule(module)}>
              <strong>{kindOf(module)}</strong> {changeWords(module.change)}{text && text !== kindOf(module) && <small>{text}</small>}
            </button>
            {mayRestore && isRestorable(one, module) && (
              <Button kind="ghost" icon={<Undo2 />} busy={busy} onClick={() => onRestore(one, module)} aria-label={`Restore this module: ${kindOf(module)}${text ? `, ${text}` : ""}`}>Restore</Button>
            )}
            {words.has(module.id) && <Words parts={words.get(module.id) ?? []} />}
          </li>
        );
      })}
    </ul>
  );
  return (
    <ul className={styles["changes"]}>
      {changes.pages.map((one) => (
        <li key={one.id}>
          {one.id === page || one.change === "removed"
            ? <p className={styles["changedPage"]}><strong>{one.title}</strong> {one.change === "changed" ? "" : `page ${changeWords(one.change)}`}</p>
            : <button type="button" className={styles["changedPage"]} onClick={() => onPage(one)}><strong>{one.title}</strong> {one.change === "changed" ? summarise(one.modules) || "its settings changed" : `page ${changeWords(one.change)}`}</button>}
          {one.id === page && (one.modules.length > 0 ? modulesOf(one) : one.change === "changed" && <p className={styles["nothing"]}>Only its title or settings changed.</p>)}
        </li>
      ))}
      <Documents documents={changes.documents} busy={busy} mayRestore={mayRestore} onRestore={onRestoreOther} />
      <OtherFiles files={otherFiles(changes)} busy={busy} mayRestore={mayRestore} onRestore={onRestoreOther} />
    </ul>
  );
}
