// What is being dragged, beside the pointer: its kind, and where it would land.
import { useEffect, useRef } from "react";
import styles from "./Builder.module.css";
import { useSession, useWorkbench } from "./model/context.tsx";
import { onDragMove } from "./model/dragging.ts";
import { findModule, kindOf } from "./model/tree.ts";
import { KindIcon } from "./panels/icons.tsx";

export function DragGhost() {
  const { types } = useWorkbench();
  const drag = useSession((state) => state.drag);
  const place = useSession((state) => state.drop?.place ?? null);
  const modules = useSession((state) => state.page.modules);
  const box = useRef<HTMLDivElement>(null);
  const at = useRef({ x: -999, y: -999 });
  useEffect(() => {
    const show = () => { if (box.current) box.current.style.transform = `translate(${at.current.x}px, ${at.current.y}px)`; };
    show();
    return onDragMove((point) => { at.current = point; show(); });
  }, [drag]);
  if (!drag) return null;
  const kind = drag.kind === "new" ? drag.type : findModule(modules, drag.id)?.type ?? "";
  const parent = place?.parent ? findModule(modules, place.parent) : null;
  const where = !place ? "Not here" : parent ? `Into ${kindOf(parent, types)}` : "Onto the page";
  return (
    <div ref={box} className={styles["ghost"]} aria-hidden="true" data-ghost={place ? "lands" : "nowhere"}>
      <span><KindIcon kind={kind} /><strong>{drag.kind === "move" && drag.ids.length > 1 ? `${drag.ids.length} modules` : types.find((type) => type.type === kind)?.title ?? kind}</strong> {where}</span>
    </div>
  );
}
