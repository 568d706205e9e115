// Which projects are shown: kind, tag, order, and those that were put away.
import type { ProjectType } from "@accid/api-client/types";
import { Button } from "@accid/ui/Button";
import { SelectField } from "@accid/ui/Field";
import { Archive, FolderOpen } from "lucide-react";
import { orders, type Order, type Wish } from "./arrange.ts";
import styles from "./Dashboard.module.css";
import { projectTypes } from "./projectTypes.ts";

interface Props { wish: Wish; tags: string[]; archived: number; onWish: (wish: Wish) => void }

export function Sieve({ wish, tags, archived, onWish }: Props) {
  const types = [{ value: "", title: "All kinds" }, ...projectTypes.map(({ name, title }) => ({ value: name, title }))];
  return (
    <div className={styles["sieve"]} role="group" aria-label="Which projects">
      <SelectField hideLabel label="Kind" options={types} value={wish.type} onChange={(event) => onWish({ ...wish, type: event.target.value as ProjectType | "" })} />
      {tags.length > 0 && <SelectField hideLabel label="Tag" options={[{ value: "", title: "All tags" }, ...tags.map((tag) => ({ value: tag, title: tag }))]} value={wish.tag} onChange={(event) => onWish({ ...wish, tag: event.target.value })} />}
      <SelectField hideLabel label="Order" options={orders} value={wish.order} onChange={(event) => onWish({ ...wish, order: event.target.value as Order })} />
      {(archived > 0 || wish.isArchive) && <Button kind="ghost" icon={wish.isArchive ? <FolderOpen /> : <Archive />} aria-pressed={wish.isArchive} onClick={() => onWish({ ...wish, isArchive: !wish.isArchive })}>{wish.isArchive ? "Back to the projects" : `Archive (${archived})`}</Button>}
    </div>
  );
}
