// A test message, shown before it leaves the machine; one press sends it to where the form's visitors write.
import { Button } from "@accid/ui/Button";
import { TextArea, TextField } from "@accid/ui/Field";
import { CircleCheck, Send, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { tellOutcome, type FormTest } from "../../shared/formTest.ts";
import { Logo } from "../../shared/Logo.tsx";
import styles from "./FormTest.module.css";
import { hostOf, sendByBrowser, sendHere, type Answer } from "./send.ts";

const afterMail = "Your mail program has been asked to write the message; send it there. If nothing opened, this machine has no mail program set up, and visitors without one cannot write to you this way: a form service or your own web space reaches all of them.";

function Explanation({ test }: { test: FormTest }) {
  const host = hostOf(test.action);
  if (test.action.startsWith("mailto:")) return <p>The browser opens your mail program with a message to <strong>{host}</strong>, as it does for visitors.</p>;
  if (test.answers === "here") return <p>The message goes to <strong>{host}</strong>, as the site’s own script sends it. Its answer is shown below.</p>;
  return (
    <>
      <p>The message goes to <strong>{host}</strong>. Its answer takes the place of this page.</p>
      {test.isPhp && <p>If the answer is the text of a program that begins with <code>&lt;?php</code>, PHP does not run there: the form cannot be sent from that web space. Ask your host to switch PHP on, or choose another receiver.</p>}
    </>
  );
}

export function FormTestPage({ test }: { test: FormTest | null }) {
  const [fields, setFields] = useState(test?.fields ?? []);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);
  const tell = (next: Answer) => { setAnswer(next); setBusy(false); if (test) tellOutcome({ module: test.module, ...next }); };
  const send = () => {
    if (!test) return;
    setBusy(true);
    if (test.answers === "here") { void sendHere(test, fields).then(tell); return; }
    const isMail = test.action.startsWith("mailto:");
    tell({ tone: "open", words: isMail ? afterMail : `Sent to ${hostOf(test.action)}; its answer is in the other tab.` });
    sendByBrowser(test, fields);
  };
  const write = (index: number, value: string) => setFields(fields.map((field, at) => (at === index ? { ...field, value } : field)));
  return (
    <main className={styles["page"]}>
      <p className={styles["brand"]}><Logo size={24} /> ACCID</p>
      {!test && <><h1>Nothing to test here</h1><p>Choose a form in the builder and press “Try it” in the inspector.</p></>}
      {test && (
        <>
          <h1>A test of {test.title ? `“${test.title}”` : "the form"}</h1>
          <Explanation test={test} />
          <form className={styles["form"]} onSubmit={(event) => { event.preventDefault(); send(); }}>
            {fields.map((field, index) => field.label && (field.long
              ? <TextArea key={field.name + String(index)} label={field.label} value={field.value} onChange={(event) => write(index, event.target.value)} />
              : <TextField key={field.name + String(index)} label={field.label} value={field.value} onChange={(event) => write(index, event.target.value)} />))}
            <div><Button kind="primary" type="submit" icon={<Send />} busy={busy}>Send the test</Button></div>
          </form>
          <div role="status">
            {answer && <p className={styles["answer"]} data-answer={answer.tone}>{answer.tone === "bad" ? <TriangleAlert aria-hidden="true" /> : <CircleCheck aria-hidden="true" />}<span>{answer.words}</span></p>}
          </div>
        </>
      )}
    </main>
  );
}
