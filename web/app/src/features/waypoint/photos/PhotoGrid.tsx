// All photos that are looked for, in rows of one width under the headings of their days. Only those near the window's view
// exist; ten thousand scroll like ten.
import { useLayoutEffect, useMemo, useRef, type KeyboardEvent, type MouseEvent } from "react";
import { formatCount } from "../../../shared/format.ts";
import { select, useGallery, useGalleryStore } from "../model/gallery.ts";
import { layOut, lineOf } from "../model/layout.ts";
import type { Row } from "../model/rows.ts";
import { all, moved, nothing, pressed } from "../model/selection.ts";
import { dayInWords } from "../model/words.ts";
import { actionOf } from "./gridKeys.ts";
import { PhotoTile } from "./PhotoTile.tsx";
import styles from "./Photos.module.css";
import { useTileDrag } from "./useTileDrag.ts";
import { useWidth, useWindow } from "./useWindow.ts";

export interface GridActs {
  rate: (rating: number) => void; hide: () => void; trash: () => void; cover?: () => void;
  /** Only where photos have an order by hand. */
  reorder?: (ids: string[], before: string | null) => void;
}
/** What stands together under a heading, and what that says. */
export interface Groups { of: (row: Row) => string; title: (group: string) => string }
export const byDay: Groups = { of: (row) => row.day, title: (day) => dayInWords(day) };
interface Props { shown: Row[]; ids: string[]; groups: Groups | null; cover: string | null; acts: GridActs }

export function PhotoGrid({ shown, ids, groups, cover, acts }: Props) {
  const gallery = useGalleryStore();
  const project = useGallery((state) => state.project);
  const lineHeight = useGallery((state) => state.lineHeight);
  const selection = useGallery((state) => state.selection);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const gap = 4;
  const layout = useMemo(() => layOut(width > 0 ? shown : [], { width, lineHeight, gap, heading: 44 }, groups?.of ?? null), [shown, width, lineHeight, groups]);
  const { first, last, racing } = useWindow(box, layout);
  const at = selection.at === null ? -1 : ids.indexOf(selection.at);
  const drag = useTileDrag(box, layout, ids, acts.reorder);
  // The keyboard's photo stays in sight, and exists, whatever is scrolled.
  const atLine = at < 0 ? -1 : lineOf(layout, at);
  const shownAt = useRef<string | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    const line = layout.lines[atLine];
    if (!element || !line || shownAt.current === selection.at) return;
    shownAt.current = selection.at;
    const [top, bottom] = [element.scrollTop, element.scrollTop + element.clientHeight];
    if (line.top < top + 48) element.scrollTop = Math.max(0, line.top - 56);
    else if (line.top + line.height > bottom - 8) element.scrollTop = line.top + line.height - element.clientHeight + 60;
  }, [selection.at, atLine, layout]);
  const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  if (atLine >= 0 && (atLine < first || atLine > last)) numbers.push(atLine);
  const sections = layout.sections.filter((section, index) => {
    const end = layout.sections[index + 1]?.top ?? layout.height;
    const [from, to] = [layout.lines[first]?.top ?? 0, layout.lines[last]?.top ?? 0];
    return section.top <= to + 400 && end >= from - 400;
  });
  const idAt = (event: MouseEvent) => (event.target as Element).closest<HTMLElement>("[data-photo]")?.dataset["photo"] ?? null;
  const onClick = (event: MouseEvent) => {
    const id = idAt(event);
    if (drag.justEnded()) return;
    if (id === null) { select(gallery, (now) => ({ ...nothing, at: now.at })); return; }
    // A second touch looks at the photo; a mouse has the double click for that.
    const isTouch = (event.nativeEvent as globalThis.PointerEvent).pointerType === "touch";
    if (isTouch && selection.chosen.size === 1 && selection.chosen.has(id)) { gallery.setState({ stage: id }); return; }
    const onCheck = (event.target as Element).closest(`.${styles["check"] ?? ""}`) !== null;
    select(gallery, (now) => pressed(now, ids, id, { range: event.shiftKey, toggle: event.ctrlKey || event.metaKey || onCheck }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const perPage = Math.max(1, Math.round(((last - first) / 2) * (layout.lines[first]?.tiles.length ?? 4)));
    const action = actionOf(event, at, ids.length, layout, perPage);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    if ("go" in action) {
      const id = ids[action.go];
      if (id !== undefined) select(gallery, (now) => moved(now, ids, id, { range: event.shiftKey, toggle: event.ctrlKey || event.metaKey }));
    } else if ("rating" in action) acts.rate(action.rating);
    else {
      const here = selection.at;
      switch (action.act) {
        case "toggle": if (here !== null) select(gallery, (now) => pressed(now, ids, here, { range: false, toggle: true })); break;
        case "open": if (here !== null) gallery.setState({ stage: here }); break;
        case "clear": select(gallery, (now) => ({ ...nothing, at: now.at })); break;
        case "all": select(gallery, (now) => all(now, ids)); break;
        case "trash": acts.trash(); break;
        case "hide": acts.hide(); break;
        case "cover": acts.cover?.(); break;
        case "earlier": drag.step(-1); break;
        case "later": drag.step(1); break;
      }
    }
  };
  return (
    <div ref={box} className={styles["grid"]} data-grid="" role="listbox" aria-multiselectable="true" aria-label={`${formatCount(ids.length, "photo")}${acts.reorder ? ", in an order of their own; Alt with the arrow keys moves what is chosen" : ""}`}
      tabIndex={0} aria-activedescendant={at >= 0 ? `photo-${selection.at}` : undefined} onClick={onClick} onKeyDown={onKeyDown} onDoubleClick={(event) => { const id = idAt(event); if (id) gallery.setState({ stage: id }); }} {...drag.handlers}>
      <div role="presentation" className={styles["field"]} style={{ height: layout.height }}>
        {sections.map((section) => (
          <div key={`${section.day} ${section.first}`} role="presentation" className={styles["day"]} style={{ top: section.top }}><strong>{groups?.title(section.day)}</strong><span>{formatCount(section.count, "photo")}</span></div>
        ))}
        {numbers.map((number) => {
          const line = layout.lines[number];
          return line && (
            <div key={line.tiles[0]?.row.id ?? number} role="presentation" className={styles["line"]} style={{ top: line.top, height: line.height }}>
              {line.tiles.map((tile) => (
                <PhotoTile key={tile.row.id} project={project} row={tile.row} left={tile.left} width={tile.width} height={line.height} index={tile.index} count={ids.length}
                  chosen={selection.chosen.has(tile.row.id)} at={tile.row.id === selection.at} marked={tile.row.id === cover} quick={racing} />
              ))}
            </div>
          );
        })}
        {drag.gap && <div className={styles["gap"]} style={drag.gap} aria-hidden="true" />}
      </div>
    </div>
  );
}
