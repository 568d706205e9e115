// The modules of the page as a tree, always in step with the canvas; with the keyboard it does all the canvas does.
import { ChevronRight, EyeOff } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { canvasKey } from "../canvas/canvasKeys.ts";
import { useSession, useWorkbench } from "../model/context.tsx";
import { followDrag } from "../model/dragging.ts";
import { select } from "../model/session.ts";
import { flatten, kindOf, labelOf, type FlatModule } from "../model/tree.ts";
import { KindIcon } from "./icons.tsx";
import styles from "./Panels.module.css";

interface RowProps { row: FlatModule; isOpen: boolean; isFocusable: boolean; onToggle: () => void; onKey: (event: KeyboardEvent, row: FlatModule) => void }

function Row({ row: { module, depth, index, count }, isOpen, isFocusable, onToggle, onKey, ...rest }: RowProps) {
  const workbench = useWorkbench();
  const { session, types } = workbench;
  const selected = useSession((state) => state.selected === module.id);
  const hovered = useSession((state) => state.hovered === module.id);
  const drop = useSession((state) => (state.drop?.row?.id === module.id ? state.drop.row.where : null));
  const element = useRef<HTMLDivElement>(null);
  const hidden = module.visibility?.published === false;
  const nests = (module.children?.length ?? 0) > 0;
  useEffect(() => {
    if (!selected) return;
    element.current?.scrollIntoView({ block: "nearest" });
    if (element.current?.closest("[role=tree]")?.contains(document.activeElement)) element.current.focus();
  }, [selected]);
  return (
    <div ref={element} role="treeitem" aria-level={depth + 1} aria-posinset={index + 1} aria-setsize={count} aria-selected={selected} aria-expanded={nests ? isOpen : undefined}
      tabIndex={isFocusable ? 0 : -1} data-outline-row={module.id} data-drop={drop ?? undefined} data-hovered={hovered || undefined} className={styles["treeRow"]} style={{ paddingLeft: 8 + depth * 16 }}
      onClick={() => select(session, module.id)} onDoubleClick={() => workbench.canvas.editText(module.id)} onKeyDown={(event) => onKey(event, { module, depth, parent: null, index, count })}
      onPointerEnter={() => session.setState({ hovered: module.id })} onPointerLeave={() => session.setState({ hovered: null })}
      onPointerDown={(event) => { if (event.button === 0 && event.pointerType !== "touch") followDrag(workbench, { drag: { kind: "move", id: module.id }, event: event.nativeEvent, target: event.currentTarget }); }} {...rest}>
      <span className={styles["twist"]} data-open={isOpen} aria-hidden="true" onClick={(event) => { if (nests) { event.stopPropagation(); onToggle(); } }}>{nests && <ChevronRight />}</span>
      <KindIcon kind={module.type} />
      <span className={styles["rowLabel"]}>{labelOf(module, types)}</span>
      <span className="visually-hidden">{kindOf(module, types)}{hidden ? ", not published" : ""}</span>
      {hidden && <EyeOff aria-hidden="true" />}
    </div>
  );
}

export function Outline() {
  const workbench = useWorkbench();
  const modules = useSession((state) => state.page.modules);
  const selected = useSession((state) => state.selected);
  const [closed, setClosed] = useState<Set<string>>(new Set());
  const rows = flatten(modules, closed);
  const toggle = (id: string, open?: boolean) => setClosed((now) => {
    const next = new Set(now);
    if (open ?? next.has(id)) next.delete(id); else next.add(id);
    return next;
  });
  const key = (event: KeyboardEvent, { module }: FlatModule) => {
    const nests = (module.children?.length ?? 0) > 0;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (nests && event.key === "ArrowRight" && closed.has(module.id)) { event.preventDefault(); toggle(module.id, true); return; }
    if (nests && event.key === "ArrowLeft" && !closed.has(module.id)) { event.preventDefault(); toggle(module.id, false); return; }
    if (selected === null) { select(workbench.session, module.id); event.preventDefault(); return; }
    canvasKey(workbench, event.nativeEvent, (id) => workbench.canvas.editText(id));
  };
  if (rows.length === 0) return <p className={styles["hint"]}>The page is empty. Add a first module: a hero makes a good beginning.</p>;
  const focusable = rows.some((row) => row.module.id === selected) ? selected : rows[0]?.module.id;
  return (
    <div role="tree" aria-label="Outline of the page" className={styles["tree"]}>
      {rows.map((row) => (
        <Row key={row.module.id} row={row} isOpen={!closed.has(row.module.id)} isFocusable={row.module.id === focusable} onToggle={() => toggle(row.module.id)} onKey={key} />
      ))}
    </div>
  );
}
