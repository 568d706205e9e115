// What is wrong with a value, beside its field, and the button that mends it.
import type { Finding, ModuleDocument } from "@accid/api-client/types";
import { useQuery } from "@tanstack/react-query";
import { Info, TriangleAlert } from "lucide-react";
import { say } from "../../../shared/announce.ts";
import { queries } from "../../../shared/queries.ts";
import { useSession, useWorkbench } from "../model/context.tsx";
import { editModule } from "../model/edits.ts";
import { findingsOf, mendOf, useFindings } from "../model/findings.ts";
import { nameOfTarget } from "../model/linkNames.ts";
import styles from "./Inspector.module.css";

function Note({ finding, module }: { finding: Finding; module: ModuleDocument }) {
  const { session } = useWorkbench();
  const pages = useQuery(queries.pages(useSession((state) => state.project))).data ?? [];
  const mend = mendOf(finding, session.getState().page.modules, (href) => nameOfTarget(href, pages));
  const Icon = finding.severity === "note" ? Info : TriangleAlert;
  return (
    <p className={styles["note"]} data-finding={finding.code} data-severity={finding.severity}>
      <Icon aria-hidden="true" />
      <span>{finding.message}
        {mend && <button type="button" onClick={() => { editModule(session, module.id, `mend/${finding.code}`, mend.title, mend.apply); say(`${mend.title}: done.`); }}>{mend.title}</button>}
      </span>
    </p>
  );
}

/** What was found at exactly this value, or at the description of the picture it holds. */
export function FieldNotes({ module, pointer }: { module: ModuleDocument; pointer: string }) {
  const all = useFindings((state) => state.all);
  const here = findingsOf(all, module.id).filter((one) => one.pointer === pointer || one.pointer === `${pointer}/alt`);
  return here.map((finding) => <Note key={`${finding.code} ${finding.message}`} finding={finding} module={module} />);
}

/** All that was found in a module, but for what stands at the fields that are shown. */
export function ModuleNotes({ module, besides }: { module: ModuleDocument; besides: (pointer: string) => boolean }) {
  const all = useFindings((state) => state.all);
  const found = findingsOf(all, module.id).filter((one) => !besides(one.pointer ?? ""));
  if (found.length === 0) return null;
  return <section aria-label="What to look at" className={styles["notes"]}>{found.map((finding) => <Note key={`${finding.code} ${finding.pointer ?? ""} ${finding.message}`} finding={finding} module={module} />)}</section>;
}

/** What was found at a value of the page itself. */
export function PageNotes({ pointer }: { pointer: string }) {
  const all = useFindings((state) => state.all);
  return all.filter((one) => !one.module && one.pointer === pointer).map((finding) => (
    <p key={finding.message} className={styles["note"]} data-finding={finding.code} data-severity={finding.severity}><TriangleAlert aria-hidden="true" /><span>{finding.message}</span></p>
  ));
}
