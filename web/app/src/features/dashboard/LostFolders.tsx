// Projects whose folders elsewhere are not where they were, or are held by another ACCID.
import { request } from "@accid/api-client/client";
import type { OpenedFolder } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { useMutation, useQuery } from "@tanstack/react-query";
import { FolderSearch, FolderX } from "lucide-react";
import { useState } from "react";
import { useMay } from "../../shared/abilities.ts";
import { toast, toastError } from "../../shared/announce.ts";
import { queries, queryClient } from "../../shared/queries.ts";
import styles from "./Dashboard.module.css";
import { FolderDialog } from "./FolderDialog.tsx";

function Lost({ folder }: { folder: OpenedFolder }) {
  const may = useMay();
  const [finding, setFinding] = useState(false);
  const forget = useMutation({
    mutationFn: () => request(urls.openedFolder(folder.id), { method: "DELETE" }),
    onSuccess: () => { void queryClient.invalidateQueries({ queryKey: ["opened-folders"] }); toast(`“${folder.name}” is no longer listed. Its folder was not touched.`); },
    onError: toastError,
  });
  const isMissing = folder.state === "missing";
  return (
    <li className={styles["lost"]}>
      <FolderX aria-hidden="true" />
      <div>
        <h2>{folder.name || "A project"} {isMissing ? "is missing" : "is open elsewhere"}</h2>
        <p>{isMissing ? "Its folder was moved, or its disk is not connected:" : "Another ACCID works in its folder:"} <code>{folder.path}</code></p>
      </div>
      <div className={styles["lostButtons"]}>
        {isMissing && may("find-folder") && <Button kind="primary" icon={<FolderSearch />} onClick={() => setFinding(true)}>Find it again…</Button>}
        {may("close-folder") && <Button busy={forget.isPending} onClick={() => forget.mutate()}>Forget it</Button>}
      </div>
      {finding && <FolderDialog onClose={() => setFinding(false)} asking={{
        title: `Where is “${folder.name}”?`, label: "Folder", button: "Find", url: urls.findFolder(folder.id), start: folder.path.replace(/[/\\][^/\\]*$/, ""),
        help: "Its folder, or one above it: four levels below are looked through for the project.", done: (project) => `“${project.name}” is back.`,
      }} />}
    </li>
  );
}

export function LostFolders() {
  const folders = useQuery(queries.openedFolders()).data ?? [];
  const lost = folders.filter((folder) => folder.state !== "here");
  return lost.length > 0 && <ul className={styles["losts"]} aria-label="Projects that are not at hand">{lost.map((folder) => <Lost key={folder.id} folder={folder} />)}</ul>;
}
