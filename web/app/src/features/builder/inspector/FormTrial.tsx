// “Try it”: a test message from the form as visitors have it, to where they write.
import { Button } from "@accid/ui/Button";
import { SelectField } from "@accid/ui/Field";
import type { ModuleDocument, Site } from "@accid/api-client/types";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Info, Send, TriangleAlert } from "lucide-react";
import { useEffect, useState } from "react";
import { toast } from "../../../shared/announce.ts";
import { runCommand } from "../../../shared/commands.ts";
import { onOutcome, openFormTest, type TestOutcome } from "../../../shared/formTest.ts";
import { queries } from "../../../shared/queries.ts";
import { useSession, useWorkbench } from "../model/context.tsx";
import styles from "./Inspector.module.css";
import { planTest } from "./testMessage.ts";

const icons = { good: CircleCheck, bad: TriangleAlert, open: Info };

export function FormTrial({ module }: { module: ModuleDocument }) {
  const { canvas, saver } = useWorkbench();
  const project = useSession((state) => state.project);
  const path = useSession((state) => state.path);
  const site = useQuery(queries.project(project)).data?.site as Site | undefined;
  const environments = useQuery(queries.environments(project)).data ?? [];
  const places = [...new Set([...environments.map((one) => one.public_url ?? ""), site?.base_url ?? ""].filter((one) => /^https?:\/\//.test(one)))];
  const [place, setPlace] = useState("");
  const [outcome, setOutcome] = useState<TestOutcome | null>(null);
  const [problem, setProblem] = useState<"closed" | "unpublished" | null>(null);
  useEffect(() => onOutcome((next) => { if (next.module === module.id) setOutcome(next); }), [module.id]);
  const title = typeof module.props["title"] === "string" ? module.props["title"] : "";
  const isPhp = module.props["service"] === "php";
  const isOfSite = isPhp || module.props["service"] === "netlify";
  const start = () => {
    const form = canvas.element(module.id)?.querySelector("form");
    const plan = form ? planTest(form, module.id, title, { site: places.includes(place) ? place : places[0] ?? "", path }) : null;
    setOutcome(null);
    setProblem(plan && plan.kind !== "ready" ? plan.kind : null);
    if (plan?.kind !== "ready") return;
    void saver.flush();
    if (!openFormTest(plan.test)) toast("The browser did not open a new tab. Allow it for ACCID, then try again.", { tone: "error" });
  };
  const Icon = outcome ? icons[outcome.tone] : Info;
  return (
    <section className={styles["trial"]} aria-label="Try the form">
      {isOfSite && places.length > 1 && <SelectField label="Try it at" value={places.includes(place) ? place : places[0]} options={places.map((one) => ({ value: one, title: one }))} onChange={(event) => setPlace(event.target.value)} />}
      <div className={styles["row"]}><Button icon={<Send />} onClick={start}>Try it</Button></div>
      <p className={styles["help"]}>{isPhp
        ? "Sends a test message to the published site, in a new tab. The export holds form.php, which takes the messages: on a host without PHP, visitors would be shown its text instead."
        : isOfSite ? "Sends a test message to the published site, in a new tab." : "Shows a test message in a new tab; it leaves this machine when you send it there."}</p>
      <div role="status">
        {problem === "closed" && <p className={styles["note"]} data-severity="warning"><TriangleAlert aria-hidden="true" /><span>The form has no receiver yet, so there is nothing to try. Write above where it is sent.</span></p>}
        {problem === "unpublished" && <p className={styles["note"]} data-severity="warning"><TriangleAlert aria-hidden="true" /><span>This form is taken by the published site. Publish it, and write down its public address there.<button type="button" onClick={() => runCommand("publish")}>Publish</button></span></p>}
        {outcome && <p className={styles["note"]} data-severity={outcome.tone === "bad" ? "warning" : "note"} data-outcome={outcome.tone}><Icon aria-hidden="true" /><span>{outcome.words}</span></p>}
      </div>
    </section>
  );
}
