// All keys at a glance, from the registry.
import { Dialog } from "@accid/ui/Dialog";
import { shortcutGroups } from "../shared/commands.ts";
import styles from "./ShortcutSheet.module.css";

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" size="medium" isText onClose={onClose}>
      <div className={styles["groups"]}>
        {shortcutGroups().map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.entries.map(({ title, keys }) => (
                <div key={title}><dt>{title}</dt><dd>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dd></div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
