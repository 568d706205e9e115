// What the page is about, as search engines tell pages apart, and what each kind of page says besides.
import type { PageDocument } from "@accid/api-client/types";
import { SelectField, TextField } from "@accid/ui/Field";
import { useSession, useWorkbench } from "../model/context.tsx";
import { change } from "../model/session.ts";
import { Folded } from "./Folded.tsx";
import styles from "./Inspector.module.css";

const kinds = [
  { value: "", title: "An ordinary page" }, { value: "article", title: "An entry of a journal" }, { value: "event", title: "An event" },
  { value: "product", title: "Something for sale" }, { value: "about", title: "About you" }, { value: "contact", title: "How to reach you" },
  { value: "faq", title: "Questions and answers" }, { value: "gallery", title: "Pictures" }, { value: "tutorial", title: "Steps to follow" },
];
const help: Record<string, string> = {
  "article": "With a date it is in the site's feeds (RSS and JSON).", "event": "Search engines show its day and place.",
  "product": "Search engines show its price.", "faq": "Headings are the questions; the text after each is its answer.",
  "tutorial": "Titles of sections and headings are the steps.",
};

type Fact = "end" | "place" | "price" | "currency";

export function KindFields() {
  const { session } = useWorkbench();
  const page = useSession((state) => state.page);
  const edit = (key: string, update: (one: PageDocument) => PageDocument) => change(session, update, { title: "Change page", key: `page/${key}` });
  // What is empty is left out, as the server does.
  const write = (name: "kind" | "date" | "author", value: string) => edit(name, (one) => {
    const { [name]: _, ...rest } = one;
    return value ? { ...rest, [name]: value } : rest;
  });
  const writeTags = (text: string) => edit("tags", (one) => {
    const { tags: _, ...rest } = one;
    const tags = text.split(",").map((tag) => tag.trimStart());
    return text.trim() ? { ...rest, tags } : rest;
  });
  const writeFact = (name: Fact, value: string) => edit(`facts/${name}`, (one) => {
    const { facts = {}, ...rest } = one;
    const { [name]: _, ...others } = facts;
    const next = value ? { ...others, [name]: value } : others;
    return Object.keys(next).length > 0 ? { ...rest, facts: next } : rest;
  });
  const kind = page.kind ?? "";
  const fact = (name: Fact) => ({ value: page.facts?.[name] ?? "", onChange: (event: React.ChangeEvent<HTMLInputElement>) => writeFact(name, event.target.value) });
  return (
    <Folded title="What it is" name="page/kind" begins="open" mark={kind !== "" && kind !== "page"}>
      <SelectField label="Kind of page" options={kinds} value={kind === "page" ? "" : kind} help={help[kind]} onChange={(event) => write("kind", event.target.value)} />
      {(kind === "article" || kind === "event") && <div data-field="/date"><TextField label={kind === "event" ? "First day" : "Date"} type="date" value={page.date ?? ""} onChange={(event) => write("date", event.target.value)} /></div>}
      {kind === "event" && <TextField label="Last day" type="date" {...fact("end")} help="Empty when it takes one day." />}
      {kind === "event" && <TextField label="Place" placeholder="Town hall, Linz" {...fact("place")} />}
      {kind === "article" && <TextField label="Author" value={page.author ?? ""} onChange={(event) => write("author", event.target.value)} help="When it is not the site's author." />}
      {kind === "article" && <TextField label="Tags" placeholder="sailing, weather" value={(page.tags ?? []).join(",")} onChange={(event) => writeTags(event.target.value)} help="With commas between them." />}
      {kind === "product" && (
        <div className={styles["pairs"]}>
          <TextField label="Price" inputMode="decimal" placeholder="49.50" {...fact("price")} />
          <TextField label="Currency" placeholder="EUR" maxLength={3} {...fact("currency")} />
        </div>
      )}
    </Folded>
  );
}
