// Buttons: with words, and with an icon alone (which then must have a label).
import type { ButtonHTMLAttributes, ReactNode } from "react";
import styles from "./Button.module.css";

export type ButtonKind = "plain" | "primary" | "ghost" | "danger";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: ButtonKind;
  icon?: ReactNode;
  /** At work: it keeps the focus, and a click does nothing. */
  busy?: boolean;
  ref?: React.Ref<HTMLButtonElement>;
}

export function Button({ kind = "plain", icon, busy, children, className, disabled, onClick, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} disabled={disabled && !busy} aria-disabled={busy || rest["aria-disabled"]} aria-busy={busy || undefined}
      onClick={(event) => { if (busy) event.preventDefault(); else onClick?.(event); }}
      className={`${styles["button"]} ${styles[kind] ?? ""} ${className ?? ""}`}>
      {busy ? <span className={styles["spinner"]} aria-hidden="true" /> : icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, "children" | "icon" | "busy"> {
  label: string;
  shortcut?: string;
  children: ReactNode;
}

export function IconButton({ label, shortcut, kind = "ghost", children, className, ...rest }: IconButtonProps) {
  return (
    <button type="button" aria-label={label} title={shortcut ? `${label} (${shortcut})` : label} {...rest}
      className={`${styles["button"]} ${styles["icon"]} ${styles[kind] ?? ""} ${className ?? ""}`}>
      {children}
    </button>
  );
}
