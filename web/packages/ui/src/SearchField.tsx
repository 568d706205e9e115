// A field to find something by its name. Escape empties it.
import { Search } from "lucide-react";
import { TextField } from "./Field.tsx";
import styles from "./SearchField.module.css";

interface SearchFieldProps { label: string; placeholder?: string; value: string; onChange: (text: string) => void }

export function SearchField({ label, placeholder = "Search", value, onChange }: SearchFieldProps) {
  return (
    <div className={styles["search"]}>
      <Search aria-hidden="true" />
      <TextField label={label} hideLabel type="search" placeholder={placeholder} value={value} onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => { if (event.key === "Escape" && value) { event.preventDefault(); onChange(""); } }} />
    </div>
  );
}
