// The modules of the page as a tree, always in step with the canvas; with the keyboard it does all the canvas does.
import { ChevronRight, EyeOff } from "lucide-react";
import type { ModuleDocument } from "@accid/api-client/types";
import { memo, useCallback, useEffect, useRef, useState, type KeyboardEvent } from "react";
import { adds, canvasKey, chooseWith, manyKey } from "../canvas/canvasKeys.ts";
import { useSession, useWorkbench } from "../model/context.tsx";
import { followDrag, moveDrag } from "../model/dragging.ts";
import { holdTouches } from "../model/lift.ts";
import { openMenu } from "../model/menu.ts";
import { isChosen, select } from "../model/session.ts";
import { ancestorsOf, flatten, kindOf, labelOf } from "../model/tree.ts";
import { KindIcon } from "./icons.tsx";
import styles from "./Panels.module.css";
import { useMarquee } from "./useMarquee.ts";

interface RowProps { module: ModuleDocument; depth: number; index: number; count: number; isOpen: boolean; isFocusable: boolean; onToggle: (id: string, open: boolean) => void; /** The modules as they are shown. */ order: () => string[] }

// Drawn again only when its own module, its place or its state is another: a page may have hundreds.
const Row = memo(function Row({ module, depth, index, count, isOpen, isFocusable, onToggle, order }: RowProps) {
  const workbench = useWorkbench();
  const { session, types } = workbench;
  const selected = useSession((state) => isChosen(state, module.id));
  const isLead = useSession((state) => state.selected === module.id);
  const hovered = useSession((state) => state.hovered === module.id);
  const drop = useSession((state) => (state.drop?.row?.id === module.id ? state.drop.row.where : null));
  const element = useRef<HTMLDivElement>(null);
  const hidden = module.visibility?.published === false;
  const nests = (module.children?.length ?? 0) > 0;
  useEffect(() => {
    if (!isLead) return;
    element.current?.scrollIntoView({ block: "nearest" });
    if (element.current?.closest("[role=tree]")?.contains(document.activeElement)) element.current.focus();
  }, [isLead]);
  const key = (event: KeyboardEvent) => {
    if (manyKey(workbench, event.nativeEvent, order())) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (nests && event.key === (isOpen ? "ArrowLeft" : "ArrowRight")) { event.preventDefault(); onToggle(module.id, !isOpen); return; }
    if (session.getState().selected === null) { select(session, module.id); event.preventDefault(); return; }
    canvasKey(workbench, event.nativeEvent, (id) => workbench.canvas.editText(id));
  };
  return (
    <div ref={element} role="treeitem" aria-level={depth + 1} aria-posinset={index + 1} aria-setsize={count} aria-selected={selected} aria-expanded={nests ? isOpen : undefined}
      tabIndex={isFocusable ? 0 : -1} data-outline-row={module.id} data-drop={drop ?? undefined} data-hovered={hovered || undefined} className={styles["treeRow"]} style={{ paddingLeft: 8 + depth * 16 }}
      onClick={(event) => { if (!chooseWith(workbench, event, module.id, order())) select(session, module.id); }} onDoubleClick={() => workbench.canvas.editText(module.id)} onKeyDown={key}
      onContextMenu={(event) => { event.preventDefault(); if (event.button === 2) openMenu(session, module.id, { x: event.clientX, y: event.clientY }); }}
      onPointerEnter={(event) => { if (event.pointerType !== "touch") session.setState({ hovered: module.id }); }} onPointerLeave={() => session.setState({ hovered: null })}
      onPointerDown={(event) => { if (event.button === 0 && !adds(event) && !event.shiftKey) followDrag(workbench, { drag: moveDrag(session, module.id), event: event.nativeEvent, target: event.currentTarget }); }}>
      <span className={styles["twist"]} data-open={isOpen} aria-hidden="true" onClick={(event) => { if (nests) { event.stopPropagation(); onToggle(module.id, !isOpen); } }}>{nests && <ChevronRight />}</span>
      <KindIcon kind={module.type} />
      <span className={styles["rowLabel"]}>{labelOf(module, types)}</span>
      <span className="visually-hidden">{kindOf(module, types)}{hidden ? ", not published" : ""}</span>
      {hidden && <EyeOff aria-hidden="true" />}
    </div>
  );
});

export function Outline() {
  const modules = useSession((state) => state.page.modules);
  const selected = useSession((state) => state.selected);
  const [closed, setClosed] = useState<Set<string>>(new Set());
  const [seen, setSeen] = useState(selected);
  const tree = useRef<HTMLDivElement>(null);
  const rows = flatten(modules, closed);
  const isEmpty = rows.length === 0;
  useEffect(() => (tree.current ? holdTouches(tree.current) : undefined), [isEmpty]);
  // What is chosen elsewhere is shown, whatever was folded around it.
  if (selected !== seen) {
    setSeen(selected);
    const around = selected ? ancestorsOf(modules, selected).filter((id) => closed.has(id)) : [];
    if (around.length > 0) setClosed(new Set([...closed].filter((id) => !around.includes(id))));
  }
  const toggle = useCallback((id: string, open: boolean) => setClosed((now) => {
    const next = new Set(now);
    if (open) next.delete(id); else next.add(id);
    return next;
  }), []);
  const shown = useRef<string[]>([]);
  useEffect(() => { shown.current = rows.map((row) => row.module.id); });
  const order = useCallback(() => shown.current, []);
  const frame = useMarquee(tree, isEmpty);
  if (isEmpty) return <p className={styles["hint"]}>The page is empty. Add a first module: a hero makes a good beginning.</p>;
  const focusable = rows.some((row) => row.module.id === selected) ? selected : rows[0]?.module.id;
  return (
    <div ref={tree} role="tree" aria-label="Outline of the page" aria-multiselectable="true" className={styles["tree"]}>
      {rows.map(({ module, depth, index, count }) => (
        <Row key={module.id} module={module} depth={depth} index={index} count={count} isOpen={!closed.has(module.id)} isFocusable={module.id === focusable} onToggle={toggle} order={order} />
      ))}
      {frame && <div className={styles["marquee"]} style={frame} aria-hidden="true" data-marquee="" />}
    </div>
  );
}
