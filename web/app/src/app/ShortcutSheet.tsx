// All keys at a glance, from the registry.
import { Dialog } from "@accid/ui/Dialog";
import { allCommands, formatShortcut } from "../shared/commands.ts";
import styles from "./ShortcutSheet.module.css";

const canvasKeys: [string, string][] = [
  ["Edit the text of the chosen module", "Enter"],
  ["Choose the next or previous module", "↓ ↑"],
  ["Choose the module around it, or the first inside", "← →"],
  ["Leave a text, then the selection", "Esc"],
];

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const commands = allCommands().filter((command) => command.shortcut);
  const groups = [...new Set(commands.map((command) => command.group))];
  return (
    <Dialog title="Keyboard shortcuts" size="medium" isText onClose={onClose}>
      <div className={styles["groups"]}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {commands.filter((command) => command.group === group).map((command) => (
                <div key={command.id}><dt>{command.title}</dt><dd><kbd>{formatShortcut(command.shortcut)}</kbd></dd></div>
              ))}
            </dl>
          </section>
        ))}
        {groups.includes("Module") && (
          <section>
            <h3>Canvas and outline</h3>
            <dl>{canvasKeys.map(([title, keys]) => <div key={title}><dt>{title}</dt><dd><kbd>{keys}</kbd></dd></div>)}</dl>
          </section>
        )}
      </div>
    </Dialog>
  );
}
