// What differs between a version and today, in words: pages, their modules, other files.
import type { Changes, DocumentChange, ModuleChange, ModuleType, PageChange } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { Undo2 } from "lucide-react";
import { allChanges, byTelling, changeWords, comesBack, isNothing, isRestorable, nameCollection, nameFile, nameOfStory, otherFiles, summarise } from "./changes.ts";
import styles from "./History.module.css";

interface Props {
  changes: Changes;
  types: ModuleType[] | undefined;
  /** The page that is compared. */
  page: string;
  chosen: string | null;
  busy: boolean;
  mayRestore: boolean;
  wordsOf: (module: ModuleChange) => string;
  onPage: (page: PageChange) => void;
  onModule: (module: ModuleChange) => void;
  onRestore: (page: PageChange, module: ModuleChange) => void;
  onDocument: (document: DocumentChange) => void;
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

export function ChangeList({ changes, types, page, chosen, busy, mayRestore, wordsOf, onPage, onModule, onRestore, onDocument }: Props) {
  if (isNothing(changes)) return <p className={styles["nothing"]}>Nothing differs from today.</p>;
  const kindOf = (module: ModuleChange) => types?.find((type) => type.type === module.type)?.title ?? nameOfStory(module.type) ?? module.type;
  const files = otherFiles(changes);
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
      {changes.documents.length > 0 && (
        <li>
          <ul className={styles["modules"]} aria-label="Photos, albums, routes and stories">
            {changes.documents.slice(0, most).map((one) => (
              <li key={one.path} data-change={one.change} data-document={one.path}>
                <span className={styles["module"]}><strong>{nameCollection(one)}</strong> {changeWords(one.change)}<small>{one.title}</small></span>
                {mayRestore && comesBack(one) && <Button kind="ghost" icon={<Undo2 />} busy={busy} onClick={() => onDocument(one)} aria-label={`Restore ${nameCollection(one).toLowerCase()} ${one.title}`}>Restore</Button>}
              </li>
            ))}
          </ul>
          {changes.documents.length > most && <p className={styles["nothing"]}>And {changes.documents.length - most} more, which come back with the whole project.</p>}
        </li>
      )}
      {files.length > 0 && <li className={styles["nothing"]}>Also: {[...new Set(files.map(nameFile))].join("; ")}.</li>}
    </ul>
  );
}
