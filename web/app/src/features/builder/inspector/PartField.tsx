// The reusable part that a section shows: chosen, edited in its own place, or made of what is in the section.
import { request } from "@accid/api-client/client";
import type { PageView } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { ErrorNote } from "@accid/ui/Feedback";
import { SelectField } from "@accid/ui/Field";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Component as PartIcon, PencilLine } from "lucide-react";
import { toast } from "../../../shared/announce.ts";
import { queries, refreshProjects } from "../../../shared/queries.ts";
import { navigate, paths } from "../../../shared/router.tsx";
import { useSession, useWorkbench } from "../model/context.tsx";
import { editModule } from "../model/edits.ts";
import { selectedModule } from "../model/session.ts";
import { labelOf } from "../model/tree.ts";
import styles from "./Inspector.module.css";

interface Props { label: string; help?: string | undefined; value: string; onChange: (part: string) => void }

export function PartField({ label, help, value, onChange }: Props) {
  const { session, saver, types } = useWorkbench();
  const project = useSession((state) => state.project);
  const own = useSession((state) => state.pageId);
  const module = useSession(selectedModule);
  const parts = useQuery(queries.pagesOfRole(project, "part")).data ?? [];
  const chosen = parts.find((part) => part.id === value);
  const make = useMutation({
    mutationFn: () => request<PageView>(urls.pages(project), { body: { title: module ? labelOf(module, types) : "Part", role: "part", modules: module?.children ?? [] } }),
    onSuccess: (part) => {
      refreshProjects();
      if (!module) return;
      editModule(session, module.id, "part", "Make a reusable part", (one) => {
        const { children: _, ...rest } = one;
        return { ...rest, props: { ...one.props, part: part.id } };
      });
      toast(`“${part.title}” is a part now. Other sections can show it too.`, { tone: "success" });
    },
  });
  const edit = () => { if (chosen) void saver.flush().then(() => navigate(paths.builder(project, chosen.slug))); };
  const options = [
    { value: "", title: "None: modules of its own" }, ...parts.filter((part) => part.id !== own).map((part) => ({ value: part.id, title: part.title })),
    ...(value && !chosen ? [{ value, title: "A part that is gone" }] : []),
  ];
  const hasOwn = (module?.children?.length ?? 0) > 0;
  return (
    <div className={styles["group"]} data-part-field="">
      {(parts.length > 0 || value) && <SelectField label={label} help={help} options={options} value={value} onChange={(event) => onChange(event.target.value)} />}
      {make.error && <ErrorNote error={make.error} />}
      <div className={styles["row"]}>
        {chosen && <Button icon={<PencilLine />} onClick={edit}>Edit the part</Button>}
        {!value && hasOwn && <Button icon={<PartIcon />} busy={make.isPending} onClick={() => make.mutate()}>Make a reusable part of this section</Button>}
      </div>
      {!value && !hasOwn && parts.length === 0 && <p className={styles["help"]}>Put modules into the section, and it can become a part that other sections show too.</p>}
    </div>
  );
}
