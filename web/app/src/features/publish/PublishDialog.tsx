// Export to a folder, and publish to an environment.
import type { Project } from "@accid/api-client/types";
import { Dialog } from "@accid/ui/Dialog";
import { Tabs } from "@accid/ui/Tabs";
import { Download, Rocket } from "lucide-react";
import { useState } from "react";
import { ExportPanel } from "./ExportPanel.tsx";
import { CheckSummary } from "./CheckSummary.tsx";
import { PublishPanel } from "./PublishPanel.tsx";

export function PublishDialog({ project, start, onCheck, onClose }: { project: Project; start: "publish" | "export"; onCheck: () => void; onClose: () => void }) {
  const [tab, setTab] = useState(start);
  return (
    <Dialog title="Publish" size="medium" onClose={onClose}>
      <CheckSummary project={project.slug} onCheck={onCheck} />
      <Tabs label="Where to" chosen={tab} onChoose={setTab} tabs={[{ name: "publish", title: "Publish", icon: <Rocket /> }, { name: "export", title: "Export to a folder", icon: <Download /> }]}>
        {tab === "publish" ? <PublishPanel project={project} onExport={() => setTab("export")} /> : <ExportPanel project={project} />}
      </Tabs>
    </Dialog>
  );
}
