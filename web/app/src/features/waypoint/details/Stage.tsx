// One photo in large, with the points on it: added, moved and taken away by pointer, touch and keyboard.
import { urls } from "@accid/api-client/urls";
import { Button, IconButton } from "@accid/ui/Button";
import { ErrorNote } from "@accid/ui/Feedback";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, ChevronLeft, ChevronRight, MapPinPlus } from "lucide-react";
import { useEffect, useRef, useState, type PointerEvent } from "react";
import { useMay } from "../../../shared/abilities.ts";
import { say } from "../../../shared/announce.ts";
import { data } from "../model/data.ts";
import { select, useGallery, useGalleryStore } from "../model/gallery.ts";
import type { Marker } from "@accid/api-client/waypoint";
import { MarkerPin } from "./MarkerPin.tsx";
import { fitIn, identified, movedBy, newMarker, pointIn } from "./markers.ts";
import styles from "./Stage.module.css";
import { useMarkers } from "./useMarkers.ts";

export function Stage({ photo: id, ids }: { photo: string; ids: string[] }) {
  const gallery = useGalleryStore();
  const project = useGallery((state) => state.project);
  const photo = useQuery(data.photo(project, id));
  const room = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [adding, setAdding] = useState(false);
  const { markers, chosen, choose, change, remove, commit } = useMarkers(photo.data);
  const [dragged, setDragged] = useState<(Marker & { id: string }) | null>(null);
  useEffect(() => {
    const element = room.current;
    if (!element) return;
    const sizes = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);
  const mayEdit = useMay()("edit-photos");
  const at = ids.indexOf(id);
  const go = (to: string | undefined) => { if (to !== undefined) { gallery.setState({ stage: to }); select(gallery, () => ({ chosen: new Set([to]), at: to, from: to })); } };
  const close = () => {
    gallery.setState({ stage: null });
    requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-grid]")?.focus());
  };
  const add = (x: number, y: number) => {
    const marker = newMarker(x, y);
    change([...markers, marker], "Add a point");
    choose(marker.id);
    setAdding(false);
    say(`Point ${markers.length + 1} added. The arrow keys move it, its fields are beside the photo.`);
    requestAnimationFrame(() => picture.current?.querySelector<HTMLElement>(`[data-marker="${marker.id}"]`)?.focus());
  };
  const box = () => picture.current?.getBoundingClientRect() ?? { left: 0, top: 0, width: 0, height: 0 };
  const press = (event: PointerEvent) => {
    if (event.button !== 0 || (event.target as Element).closest("[data-marker]")) return;
    if (adding) { event.preventDefault(); const { x, y } = pointIn(box(), event.clientX, event.clientY); add(x, y); } else choose(null);
  };
  const key = (event: React.KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || (event.target as Element).closest("input, textarea, [contenteditable]")) return;
    if (event.key === "Escape") { if (adding) setAdding(false); else if (chosen) choose(null); else close(); } else if ((event.target as Element).closest("[data-marker]")) return;
    else if (event.key === "ArrowLeft") go(ids[at - 1]);
    else if (event.key === "ArrowRight") go(ids[at + 1]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const shown = photo.data;
  const fit = shown && size.width > 0 ? fitIn(shown, size) : null;
  const wide = fit ? Math.max(fit.width, fit.height) * Math.min(2, window.devicePixelRatio || 1) : 0;
  const all = identified(markers).map((marker) => (dragged?.id === marker.id ? dragged : marker));
  return (
    <section className={styles["stage"]} aria-label={`Photo ${shown?.title || shown?.filename || ""}`} onKeyDown={key}>
      <div className={styles["bar"]}>
        <Button kind="ghost" icon={<ArrowLeft />} data-autofocus="" autoFocus onClick={close}>All photos</Button>
        <h2 className={styles["name"]}>{shown?.title || shown?.filename}</h2>
        {mayEdit && <Button icon={<MapPinPlus />} aria-pressed={adding} onClick={(event) => { if (event.detail === 0) add(50, 50); else setAdding(!adding); }}>Add a point</Button>}
        <IconButton label="Photo before" disabled={at <= 0} onClick={() => go(ids[at - 1])}><ChevronLeft /></IconButton>
        <IconButton label="Photo after" disabled={at < 0 || at >= ids.length - 1} onClick={() => go(ids[at + 1])}><ChevronRight /></IconButton>
      </div>
      {photo.error && <ErrorNote error={photo.error} />}
      {adding && <p className={styles["hint"]} role="status">Press the photo where the point belongs. Escape leaves it.</p>}
      <div ref={room} className={styles["room"]}>
        {shown && fit && (
          <div ref={picture} className={styles["picture"]} data-adding={adding || undefined} data-stage-photo={shown.id} style={fit} onPointerDown={press}>
            <img key={shown.id} src={urls.picture(project, shown.id, wide > 1280 ? 2048 : 1280)} alt={shown.alt || shown.title || shown.filename} width={fit.width} height={fit.height} draggable={false} />
            {all.map((marker, index) => (
              <MarkerPin key={marker.id} marker={marker} index={index} chosen={marker.id === chosen} mayMove={mayEdit}
                onChoose={() => choose(marker.id)}
                onMove={(clientX, clientY) => setDragged({ ...marker, ...pointIn(box(), clientX, clientY) })}
                onDrop={(moved) => { if (moved && dragged) change(markers.map((one) => (one.id === dragged.id ? dragged : one)), "Move a point"); setDragged(null); }}
                onKey={(pressed, large) => {
                  if (pressed === "Delete" || pressed === "Backspace") { remove(marker.id); return true; }
                  const next = movedBy(marker, pressed, large);
                  if (!next) return false;
                  commit(markers.map((one) => (one.id === marker.id ? { ...next, id: marker.id } : one)), "Move a point");
                  say(`${next.x} % from the left, ${next.y} % from the top`);
                  return true;
                }} />
            ))}
          </div>
        )}
      </div>
    </section>
  );
}
