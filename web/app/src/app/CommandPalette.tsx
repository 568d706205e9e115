// Finds a command by its name: a combobox over the registry.
import { Dialog } from "@accid/ui/Dialog";
import { useId, useRef, useState } from "react";
import { allCommands, formatShortcut, type Command } from "../shared/commands.ts";
import styles from "./CommandPalette.module.css";

function findCommands(text: string): Command[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return allCommands().filter((command) => {
    const name = `${command.group} ${command.title}`.toLowerCase();
    return command.id !== "palette" && (command.when?.() ?? true) && words.every((word) => name.includes(word));
  });
}

export function CommandPalette({ onClose }: { onClose: () => void }) {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const found = findCommands(text);
  const chosen = Math.min(at, found.length - 1);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    // After the dialog has given the focus back.
    requestAnimationFrame(() => command.run());
  };
  const step = (by: number) => {
    const next = (chosen + by + found.length) % Math.max(1, found.length);
    setAt(next);
    list.current?.children[next]?.scrollIntoView({ block: "nearest" });
  };
  return (
    <Dialog title="Commands" hideTitle side="top" size="medium" onClose={onClose}>
      <div className={styles["palette"]}>
        <input autoFocus type="text" role="combobox" aria-label="Find a command" aria-expanded="true" aria-controls={`${id}-list`} autoComplete="off"
          aria-activedescendant={found[chosen] ? `${id}-${chosen}` : undefined} placeholder="What do you want to do?" className={styles["input"]} value={text}
          onChange={(event) => { setText(event.target.value); setAt(0); }}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown") step(1);
            else if (event.key === "ArrowUp") step(-1);
            else if (event.key === "Enter") run(found[chosen]);
            else return;
            event.preventDefault();
          }} />
        <ul ref={list} id={`${id}-list`} role="listbox" aria-label="Commands" className={styles["list"]}>
          {found.map((command, index) => (
            <li key={command.id} id={`${id}-${index}`} role="option" aria-selected={index === chosen} className={styles["option"]}
              onPointerMove={() => setAt(index)} onClick={() => run(command)}>
              {command.icon && <command.icon aria-hidden="true" />}
              <span>{command.title}</span>
              <small>{command.group}</small>
              {command.shortcut && <kbd>{formatShortcut(command.shortcut)}</kbd>}
            </li>
          ))}
        </ul>
        {found.length === 0 && <p className={styles["none"]} role="status">No command is called that. Try “page”, “undo” or “publish”.</p>}
      </div>
    </Dialog>
  );
}
