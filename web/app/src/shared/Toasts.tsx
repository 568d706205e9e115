// Shows the toasts and holds the live region. A popover in the top layer, so that dialogs do not cover it.
import { IconButton } from "@accid/ui/Button";
import { CircleCheck, Info, TriangleAlert, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { dismissToast, useAnnouncements } from "./announce.ts";
import styles from "./Toasts.module.css";

const icons = { info: Info, success: CircleCheck, error: TriangleAlert };

export function Toasts() {
  const { spoken, toasts } = useAnnouncements();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    if (element.matches(":popover-open")) element.hidePopover();
    if (toasts.length > 0) element.showPopover();
  }, [toasts]);
  return (
    <>
      <div className="visually-hidden" role="status" aria-live="polite" data-spoken="">{spoken}</div>
      <div ref={box} popover="manual" className={styles["box"]} role="region" aria-label="Notices">
        {toasts.map((toast) => {
          const Icon = icons[toast.tone];
          const action = toast.action;
          return (
            <div key={toast.id} className={`${styles["toast"]} ${styles[toast.tone]}`} role={toast.tone === "error" ? "alert" : "status"}>
              <Icon aria-hidden="true" />
              <p>{toast.message}</p>
              {action && <button type="button" className={styles["action"]} onClick={() => { dismissToast(toast.id); action.run(); }}>{action.title}</button>}
              <IconButton label="Dismiss" onClick={() => dismissToast(toast.id)}><X /></IconButton>
            </div>
          );
        })}
      </div>
    </>
  );
}
