// How the program does on this machine: what it uses, what lies on the disk, and what it says.
import { urls } from "@accid/api-client/urls";
import { LifeBuoy } from "lucide-react";
import { useMay } from "../../shared/abilities.ts";
import { DiskPanel } from "./DiskPanel.tsx";
import { LogPanel } from "./LogPanel.tsx";
import { PerformancePanel } from "./PerformancePanel.tsx";
import styles from "./System.module.css";

export function System() {
  const may = useMay();
  return (
    <div className={styles["page"]}>
      <header className={styles["head"]}>
        <div><h1>System</h1><p>What ACCID uses of this machine, and what it says.</p></div>
        {may("see-log") && (
          <a className={styles["bundle"]} href={urls.supportBundle} download aria-describedby="bundle-about"><LifeBuoy aria-hidden="true" />Support bundle</a>
        )}
      </header>
      {may("see-log") && <p id="bundle-about" className={styles["quiet"]}>The bundle is a zip for those who help you: versions, settings, what a check of every file finds, and the end of the log. Names, content and secrets are left out.</p>}
      <PerformancePanel />
      <DiskPanel />
      {may("see-log") && <LogPanel />}
    </div>
  );
}
