// What differs between a version and today, in words: pages, their modules, other files.
import type { Changes, ModuleChange, ModuleType, PageChange } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { Undo2 } from "lucide-react";
import { allChanges, byTelling, changeWords, isNothing, isRestorable, nameFile, summarise } from "./changes.ts";
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
}

export function Legend() {
  return (
    <ul className={styles["legend"]} aria-label="What the outlines mean">
      {allChanges.map((change) => <li key={change}><span data-change={change} aria-hidden="true" />{changeWords(change)}</li>)}
    </ul>
  );
}

export function ChangeList({ changes, types, page, chosen, busy, mayRestore, wordsOf, onPage, onModule, onRestore }: Props) {
  if (isNothing(changes)) return <p className={styles["nothing"]}>Nothing differs from today.</p>;
  const kindOf = (module: ModuleChange) => types?.find((type) => type.type === module.type)?.title ?? module.type;
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
      {changes.files.length > 0 && <li className={styles["nothing"]}>Also: {[...new Set(changes.files.map(nameFile))].join("; ")}.</li>}
    </ul>
  );
}
