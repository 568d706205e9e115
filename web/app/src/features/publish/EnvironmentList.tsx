// The places a project is published to, one of which is chosen.
import type { Environment } from "@accid/api-client/types";
import { Button, IconButton } from "@accid/ui/Button";
import { Badge } from "@accid/ui/Feedback";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useMay } from "../../shared/abilities.ts";
import { formatAgo } from "../../shared/format.ts";
import { nameOf } from "./address.ts";
import styles from "./Publish.module.css";

function Facts({ one }: { one: Environment }) {
  const server = ["ftp", "ftps", "sftp"].includes(one.kind);
  return (
    <span className={styles["facts"]}>
      {one.kind === "ftp" && <Badge tone="danger">unprotected</Badge>}
      {server && !one.login && <Badge tone="accent">no password or key yet</Badge>}
      {one.last && <Badge tone={one.last.outcome === "failed" ? "danger" : "plain"}>{one.last.outcome === "done" ? "published" : one.last.outcome} {formatAgo(one.last.at)}</Badge>}
    </span>
  );
}

interface Props { list: Environment[]; chosen: string | undefined; onChoose: (name: string) => void; onEdit: (one: Environment | "new") => void; onRemove: (name: string) => void }

export function EnvironmentList({ list, chosen, onChoose, onEdit, onRemove }: Props) {
  const may = useMay();
  return (
    <fieldset className={styles["environments"]}>
      <legend>Where to</legend>
      {list.map((one) => (
        <div key={one.name} className={styles["environment"]}>
          <label>
            <input type="radio" name="environment" checked={one.name === chosen} onChange={() => onChoose(one.name)} />
            <span><strong>{one.name}</strong><code>{nameOf(one.url)}</code><Facts one={one} />{one.pin && one.name === chosen && <code>{one.pin.kind === "host-key" ? "Host key" : "Certificate"} {one.pin.fingerprint}</code>}</span>
          </label>
          {may("set-environment") && <>
            <IconButton label={`Edit ${one.name}`} onClick={() => onEdit(one)}><Pencil /></IconButton>
            <IconButton label={`Remove ${one.name}`} onClick={() => onRemove(one.name)}><Trash2 /></IconButton>
          </>}
        </div>
      ))}
      {may("set-environment") && <Button kind="ghost" icon={<Plus />} onClick={() => onEdit("new")}>Add a place</Button>}
    </fieldset>
  );
}
