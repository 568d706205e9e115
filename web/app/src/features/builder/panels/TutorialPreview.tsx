// The tutorial as its readers go through it: step by step, as ACCID renders it.
import type { PageView } from "@accid/api-client/types";
import { urls } from "@accid/api-client/urls";
import { Button } from "@accid/ui/Button";
import { Dialog } from "@accid/ui/Dialog";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { say } from "../../../shared/announce.ts";
import { useView } from "../model/view.ts";
import styles from "./Panels.module.css";
import { around, stepsOf } from "./steps.ts";

interface Props { project: string; name: string; pages: PageView[]; start: string; onClose: () => void }

export function TutorialPreview({ project, name, pages, start, onClose }: Props) {
  const language = useView((state) => state.language);
  const first = stepsOf(pages)[0]?.page.slug ?? "";
  const [slug, setSlug] = useState(around(pages, start).number > 0 ? start : first);
  const { number, count, previous, next } = around(pages, slug);
  const page = pages.find((one) => one.slug === slug);
  const go = (to: PageView | null) => { if (to) { setSlug(to.slug); say(`Step ${around(pages, to.slug).number} of ${count}: ${to.title}`); } };
  return (
    <Dialog title={name} size="full" onClose={onClose} footer={<>
      <Button icon={<ChevronLeft />} disabled={!previous} onClick={() => go(previous)}>Previous</Button>
      <label className={styles["steps"]}><span>Step {number} of {count}</span><progress value={number} max={count} /></label>
      <Button kind="primary" icon={<ChevronRight />} disabled={!next} onClick={() => go(next)}>Next</Button>
    </>}>
      {page && <iframe key={page.id} className={styles["tutorial"]} src={urls.canvas(project, page.path, language)} title={`Step ${number}: ${page.title}`} />}
    </Dialog>
  );
}
