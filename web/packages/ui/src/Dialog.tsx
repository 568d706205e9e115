// A modal dialog and a drawer, both on the native <dialog>: it keeps the focus, closes on Escape, and gives it back.
import { X } from "lucide-react";
import { useId, useLayoutEffect, useRef, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { IconButton } from "./Button.tsx";
import styles from "./Dialog.module.css";

/** Takes a dialog out of the way though its owner still shows it: what was pressed in it has to stay in the document. */
export function setAside(dialog: HTMLDialogElement) {
  dialog.dataset["aside"] = "true";
  dialog.close();
}

interface DialogProps {
  title: string;
  /** Asked to close, which may be refused. What is said inside, as a file that was not chosen, is none of its own. */
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  size?: "small" | "medium" | "large" | "full";
  side?: "center" | "left" | "right" | "top";
  hideTitle?: boolean;
  /** Only for reading: the text itself takes the focus, so that it can be scrolled with the keyboard. */
  isText?: boolean;
}

const controls = "input:not([type=hidden]):not([hidden]), textarea, select, button, a[href], [tabindex]:not([tabindex='-1'])";

/** Where the work begins: at what asks for it, else at the first control below the title, not at the button that closes. */
function beginning(dialog: HTMLElement): HTMLElement | undefined {
  const wished = dialog.querySelector<HTMLElement>("[data-autofocus]");
  const parts = [...dialog.querySelectorAll<HTMLElement>("[data-dialog-part]")];
  const isUsable = (element: HTMLElement) => !element.matches(":disabled") && element.getClientRects().length > 0;
  return wished ?? parts.flatMap((part) => [part, ...part.querySelectorAll<HTMLElement>(controls)]).find((element) => element.matches(controls) && isUsable(element));
}

export function Dialog({ title, onClose, children, footer, size = "small", side = "center", hideTitle, isText }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before it leaves the document, for only then it gives the focus back to where it came from.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (!element.open) element.showModal();
    beginning(element)?.focus();
    return () => element.close();
  }, []);
  // The browser closes it by itself when Escape is pressed again and again; whoever shows it may want to keep it.
  const closed = () => {
    flushSync(onClose);
    const element = dialog.current;
    if (!element?.isConnected || element.open) return;
    element.showModal();
    beginning(element)?.focus();
  };
  return (
    <dialog ref={dialog} className={`${styles["dialog"]} ${styles[size]} ${styles[side]}`} aria-labelledby={titleId}
      onCancel={(event) => { if (event.target === event.currentTarget) { event.preventDefault(); onClose(); } }}
      onClose={(event) => { if (event.target === event.currentTarget && !event.currentTarget.open && !event.currentTarget.dataset["aside"]) closed(); }}
      onMouseDown={(event) => { if (event.target === dialog.current) onClose(); }}>
      <div className={styles["box"]}>
        <div className={hideTitle ? "visually-hidden" : styles["header"]}>
          <h2 id={titleId}>{title}</h2>
          {!hideTitle && <IconButton label="Close" onClick={onClose}><X /></IconButton>}
        </div>
        <div className={styles["body"]} data-dialog-part="" {...(isText ? { tabIndex: 0, role: "region", "aria-labelledby": titleId } : {})}>{children}</div>
        {footer && <div className={styles["footer"]} data-dialog-part="">{footer}</div>}
      </div>
    </dialog>
  );
}
