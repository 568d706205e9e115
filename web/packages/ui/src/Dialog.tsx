// A modal dialog and a drawer, both on the native <dialog>: it keeps the focus, closes on Escape, and gives it back.
import { X } from "lucide-react";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { IconButton } from "./Button.tsx";
import styles from "./Dialog.module.css";

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  size?: "small" | "medium" | "large" | "full";
  side?: "center" | "left" | "right" | "top";
  hideTitle?: boolean;
  /** Only for reading: the text itself takes the focus, so that it can be scrolled with the keyboard. */
  isText?: boolean;
}

export function Dialog({ title, onClose, children, footer, size = "small", side = "center", hideTitle, isText }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (!element.open) element.showModal();
    return () => element.close();
  }, []);
  return (
    <dialog ref={dialog} className={`${styles["dialog"]} ${styles[size]} ${styles[side]}`} aria-labelledby={titleId}
      onCancel={(event) => { event.preventDefault(); onClose(); }}
      onMouseDown={(event) => { if (event.target === dialog.current) onClose(); }}>
      <div className={styles["box"]}>
        <div className={hideTitle ? "visually-hidden" : styles["header"]}>
          <h2 id={titleId}>{title}</h2>
          {!hideTitle && <IconButton label="Close" onClick={onClose}><X /></IconButton>}
        </div>
        <div className={styles["body"]} {...(isText ? { tabIndex: 0, role: "region", "aria-labelledby": titleId } : {})}>{children}</div>
        {footer && <div className={styles["footer"]}>{footer}</div>}
      </div>
    </dialog>
  );
}
