// The menu of what is chosen, at the pointer or beside the module. Its entries are the commands of the palette.
import { ContextMenu } from "@accid/ui/ContextMenu";
import { allCommands, formatShortcut, runCommand } from "../../shared/commands.ts";
import { useSession, useWorkbench } from "./model/context.tsx";
import { chosenIds } from "./model/session.ts";
import { findModule, kindOf } from "./model/tree.ts";
import { closeMenu, useMenu } from "./model/menu.ts";

const groups = [
  { title: "Edit", ids: ["edit-text", "copy", "cut", "paste", "duplicate"] },
  { title: "Move", ids: ["move-up", "move-down", "move-in", "move-out"] },
  { title: "Group", ids: ["wrap-section", "wrap-row", "unwrap", "keep-pattern"] },
  { title: "Remove", ids: ["delete"] },
];
/** Keys that the browser answers, not a command. */
const keys: Record<string, string> = { "edit-text": "Enter", copy: "Mod+c", cut: "Mod+x", paste: "Mod+v" };
const onPage = ["paste", "add", "patterns", "undo", "redo", "keep-page-pattern"];

export function ModuleMenu() {
  const { session, types } = useWorkbench();
  const at = useMenu((state) => state.at);
  const page = useSession((state) => state.page);
  if (!at) return null;
  const ids = chosenIds(session.getState());
  const module = ids.length === 1 ? findModule(page.modules, ids[0] ?? "") : null;
  const commands = allCommands();
  const items = (names: string[]) => names.flatMap((id) => {
    const command = commands.find((one) => one.id === id);
    if (!command || (id === "unwrap" && module && !module.children?.length) || ((id === "edit-text" || id === "keep-pattern") && !module)) return [];
    const Icon = command.icon;
    const shortcut = formatShortcut(keys[id] ?? command.shortcut);
    return [{ title: command.title, icon: Icon && <Icon aria-hidden="true" />, danger: id === "delete", disabled: command.when ? !command.when() : false, run: () => runCommand(id), ...(shortcut ? { shortcut } : {}) }];
  });
  const shown = ids.length > 0 ? groups.map(({ title, ids: names }) => ({ title, items: items(names) })) : [{ title: "Page", items: items(onPage) }];
  const label = module ? kindOf(module, types) : ids.length > 1 ? `${ids.length} modules` : "Page";
  return <ContextMenu key={`${at.x} ${at.y}`} label={label} at={at} groups={shown} onClose={closeMenu} />;
}
