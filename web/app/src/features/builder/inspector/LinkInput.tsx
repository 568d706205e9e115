// Where a link leads: a page of this project, or any address.
import { useQuery } from "@tanstack/react-query";
import { useState, type InputHTMLAttributes } from "react";
import { queries } from "../../../shared/queries.ts";
import { useSession } from "../model/context.tsx";
import styles from "./Inspector.module.css";

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onChange"> & { value: string; onChange: (value: string) => void };
const other = "";

export function LinkInput({ value, onChange, id, autoFocus, ...rest }: Props) {
  const project = useSession((state) => state.project);
  const pages = useQuery(queries.pages(project)).data ?? [];
  const [typing, setTyping] = useState(false);
  const named = value.startsWith("page:") ? value.slice(5).split("#")[0] ?? "" : "";
  const page = pages.find((one) => one.id === named || one.slug === named);
  const chosen = !typing && page && !value.includes("#") ? `page:${page.id}` : other;
  return (
    <span className={styles["link"]}>
      <select aria-label="Page to link to" value={chosen} className={styles["control"]} onChange={(event) => { setTyping(event.target.value === other); onChange(event.target.value); }}>
        <option value={other}>Address…</option>
        {pages.map((one) => <option key={one.id} value={`page:${one.id}`}>{one.title}</option>)}
      </select>
      {chosen === other && (
        <input {...rest} id={id} autoFocus={autoFocus} type="text" autoComplete="off" placeholder="https://… or #anchor" className={styles["control"]} value={value} onChange={(event) => onChange(event.target.value)} />
      )}
      {chosen !== other && <input id={id} type="hidden" value={value} />}
    </span>
  );
}
