// A labelled control with its help and its error, tied together for screen readers.
import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from "react";
import styles from "./Field.module.css";

/** A sentence in which `code` stands between backticks, as descriptions of schemas have it. */
export function HelpText({ text }: { text: string }) {
  return text.split("`").map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}

export interface FieldText { label: string; help?: string | undefined; error?: string | undefined; hideLabel?: boolean }
interface Bound { id: string; "aria-describedby"?: string; "aria-invalid"?: true }

export function Field({ label, help, error, hideLabel, children }: FieldText & { children: (bound: Bound) => ReactNode }) {
  const id = useId();
  const described = [help ? `${id}-help` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className={styles["field"]}>
      <label htmlFor={id} className={hideLabel ? "visually-hidden" : styles["label"]}>{label}</label>
      {children({ id, ...(described ? { "aria-describedby": described } : {}), ...(error ? { "aria-invalid": true } : {}) })}
      {help && <p id={`${id}-help`} className={styles["help"]}><HelpText text={help} /></p>}
      {error && <p id={`${id}-error`} className={styles["error"]}>{error}</p>}
    </div>
  );
}

type InputProps = FieldText & InputHTMLAttributes<HTMLInputElement> & { ref?: React.Ref<HTMLInputElement> };
export function TextField({ label, help, error, hideLabel, ...rest }: InputProps) {
  return (
    <Field {...{ label, help, error, hideLabel: hideLabel ?? false }}>
      {(bound) => <input type="text" autoComplete="off" data-autofocus={rest.autoFocus ? "" : undefined} {...rest} {...bound} className={styles["input"]} />}
    </Field>
  );
}

export function TextArea({ label, help, error, hideLabel, ...rest }: FieldText & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Field {...{ label, help, error, hideLabel: hideLabel ?? false }}>
      {(bound) => <textarea rows={3} {...rest} {...bound} className={`${styles["input"]} ${styles["area"]}`} />}
    </Field>
  );
}

interface SelectProps extends FieldText, SelectHTMLAttributes<HTMLSelectElement> { options: { value: string; title: string }[] }
export function SelectField({ label, help, error, hideLabel, options, ...rest }: SelectProps) {
  return (
    <Field {...{ label, help, error, hideLabel: hideLabel ?? false }}>
      {(bound) => (
        <select {...rest} {...bound} className={`${styles["input"]} ${styles["select"]}`}>
          {options.map((option) => <option key={option.value} value={option.value}>{option.title}</option>)}
        </select>
      )}
    </Field>
  );
}

interface SwitchProps { label: string; help?: string | undefined; checked: boolean; onChange: (checked: boolean) => void; disabled?: boolean }
export function SwitchField({ label, help, checked, onChange, disabled }: SwitchProps) {
  const id = useId();
  return (
    <div className={styles["field"]}>
      <div className={styles["switch"]}>
        <label htmlFor={id} className={styles["label"]}>{label}</label>
        <input id={id} type="checkbox" role="switch" checked={checked} disabled={disabled} className={styles["toggle"]}
          aria-describedby={help ? `${id}-help` : undefined} onChange={(event) => onChange(event.target.checked)} />
      </div>
      {help && <p id={`${id}-help`} className={styles["help"]}><HelpText text={help} /></p>}
    </div>
  );
}
