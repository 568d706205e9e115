// Everything about the chosen module, or about the page when none is chosen.
import { EmptyState } from "@accid/ui/Feedback";
import { Tabs } from "@accid/ui/Tabs";
import { PackageOpen } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useSession, useWorkbench } from "../model/context.tsx";
import { LanguageProgress, ModuleTexts, PageTexts } from "../languages/TranslationFields.tsx";
import { writeProp } from "../model/edits.ts";
import { joinPointer } from "../model/patch.ts";
import { chosenIds, selectedModule } from "../model/session.ts";
import { kindOf } from "../model/tree.ts";
import { showViewport, useView } from "../model/view.ts";
import styles from "./Inspector.module.css";
import { FormTrial } from "./FormTrial.tsx";
import { LayoutPanel } from "./LayoutPanel.tsx";
import { ManyPanel } from "./ManyPanel.tsx";
import { ModuleNotes } from "./Notes.tsx";
import { PagePanel } from "./PagePanel.tsx";
import { resolve } from "./schema.ts";
import { SchemaFields } from "./SchemaField.tsx";
import { StylePanel } from "./StylePanel.tsx";
import { useAskedField } from "./useAskedField.ts";

const PlacePanel = lazy(() => import("../spatial/PlacePanel.tsx").then((module) => ({ default: module.PlacePanel })));

type Tab = "content" | "style" | "layout";

/** Whether the field of a value is in the tab that is open, where its own note stands. */
const isShown = (pointer: string, tab: Tab, screen: string) => (tab === "style" && (pointer === "/css" || (pointer.startsWith(`/style/${screen}/`) && !pointer.endsWith("background_image"))));

export function Inspector() {
  const viewport = useView((state) => state.viewport);
  const language = useView((state) => state.language);
  const { session, types } = useWorkbench();
  const module = useSession(selectedModule);
  const [tab, setTab] = useState<Tab>("content");
  const isMap = useSession((state) => state.page.spatial !== undefined && state.page.spatial !== null);
  const count = useSession((state) => chosenIds(state).length);
  const box = useAskedField(module?.id ?? null, setTab);
  if (count > 1) return <ManyPanel breakpoint={viewport} onBreakpoint={showViewport} />;
  if (language) {
    return (
      <div ref={box} className={styles["inspector"]} data-inspector={module?.type ?? "page"} data-commands-work="">
        <div className={styles["head"]}><h2>{module ? kindOf(module, types) : "Page"}</h2></div>
        <LanguageProgress language={language} />
        {module ? <ModuleTexts key={`${module.id} ${language}`} module={module} language={language} /> : <PageTexts language={language} />}
      </div>
    );
  }
  if (!module) {
    return <div ref={box} className={styles["inspector"]} data-commands-work=""><div className={styles["head"]}><h2>Page</h2><p>Choose a module on the canvas to edit it.</p></div><PagePanel /></div>;
  }
  const type = types.find((one) => one.type === module.type);
  const root = type ? resolve(type.schema, type.schema) : null;
  const fields = Object.entries(root?.properties ?? {});
  return (
    <div ref={box} className={styles["inspector"]} data-inspector={module.type} data-commands-work="">
      <div className={styles["head"]}><h2>{kindOf(module, types)}</h2>{type && <p>{type.description}</p>}</div>
      <ModuleNotes module={module} besides={(pointer) => isShown(pointer, tab, viewport)} />
      <Tabs label="What to edit" chosen={tab} onChoose={setTab} tabs={[
        { name: "content", title: "Content" }, { name: "style", title: "Style", mark: !!module.style }, { name: "layout", title: "Layout", mark: !!module.layout || !!module.visibility },
      ]}>
        {tab === "content" && type && fields.length > 0 && (
          <SchemaFields key={module.id} fields={fields} root={type.schema} value={module.props} path={[]}
            onChange={(path, value) => writeProp(session, { module: module.id, name: joinPointer(...path).slice(1) }, value, `Edit ${kindOf(module, types)}`)} />
        )}
        {tab === "content" && module.type === "form" && <FormTrial key={module.id} module={module} />}
        {tab === "content" && isMap && <Suspense fallback={null}><PlacePanel key={module.id} module={module} /></Suspense>}
        {tab === "content" && !type && (
          <EmptyState icon={<PackageOpen />} title="A kind this ACCID does not know"><p>“{module.type}” comes from a newer ACCID or an extension. It is kept as it is; update ACCID to edit it.</p></EmptyState>
        )}
        {tab === "content" && type && fields.length === 0 && <p className={styles["help"]}>It has no content of its own; drag modules into it.</p>}
        {tab === "style" && <StylePanel key={module.id} modules={[module]} breakpoint={viewport} onBreakpoint={showViewport} />}
        {tab === "layout" && <LayoutPanel key={module.id} module={module} />}
      </Tabs>
    </div>
  );
}
