// A picture of one's own in place of the map: modules stand on it in percent from the left and the top.
import { useQuery } from "@tanstack/react-query";
import { useRef, useState, type PointerEvent } from "react";
import { say } from "../../../shared/announce.ts";
import { queries } from "../../../shared/queries.ts";
import { thumbnailOf } from "../inspector/thumbnail.ts";
import { useSession, useWorkbench } from "../model/context.tsx";
import { change } from "../model/session.ts";
import { labelOf } from "../model/tree.ts";
import { nudges } from "./MapPins.tsx";
import { ModuleShelf } from "./ModuleShelf.tsx";
import styles from "./Spatial.module.css";
import { onPicture, placeable, withPlace } from "./spatial.ts";

const percent = (value: number) => Math.min(100, Math.max(0, Math.round(value * 10) / 10));

export function PictureSheet({ photo: id, start }: { photo: string; start: string | null }) {
  const { session, types } = useWorkbench();
  const page = useSession((state) => state.page);
  const project = useSession((state) => state.project);
  const photo = useQuery(queries.photos(project)).data?.find((one) => one.id === id);
  const [chosen, setChosen] = useState(start);
  const [dragged, setDragged] = useState<{ id: string; x: number; y: number } | null>(null);
  const picture = useRef<HTMLDivElement>(null);
  const pointIn = (clientX: number, clientY: number) => {
    const box = picture.current?.getBoundingClientRect();
    if (!box || clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom) return null;
    return { x: percent(((clientX - box.left) / box.width) * 100), y: percent(((clientY - box.top) / box.height) * 100) };
  };
  const place = (module: string, at: { x: number; y: number } | null) => {
    if (!at) return;
    const target = page.modules.find((one) => one.id === module);
    change(session, (one) => withPlace(one, module, at), { title: `Place ${target ? labelOf(target, types) : "a module"}` });
    say(`${at.x} % from the left, ${at.y} % from the top`);
  };
  const move = (event: PointerEvent, module: string) => { if (dragged) { const at = pointIn(event.clientX, event.clientY); if (at) setDragged({ id: module, ...at }); } };
  const up = (event: PointerEvent) => { if (dragged && event.type === "pointerup") { const was = onPicture(page.modules.find((one) => one.id === dragged.id)?.place); if (was?.x !== dragged.x || was.y !== dragged.y) place(dragged.id, dragged); } setDragged(null); };
  const placed = placeable(page.modules).filter((module) => onPicture(module.place));
  return (
    <div className={styles["mapArea"]}>
      <div className={styles["pictureBox"]}>
        <div ref={picture} className={styles["picture"]}>
          {photo && <img src={thumbnailOf(project, photo)} alt={photo.alt || photo.filename} draggable={false} width={photo.width} height={photo.height} />}
          <ul className={styles["pins"]} aria-label="Places on the picture">
            {placed.map((module, index) => {
              const at = dragged?.id === module.id ? dragged : onPicture(module.place) ?? { x: 0, y: 0 };
              return (
                <li key={module.id} style={{ left: `${at.x}%`, top: `${at.y}%` }}>
                  <button type="button" className={styles["pin"]} data-pin={module.id} data-chosen={module.id === chosen || undefined} aria-label={`${index + 1} ${module.place?.label || labelOf(module, types)}. Alt with the arrow keys moves it.`}
                    onFocus={() => setChosen(module.id)} onPointerDown={(event) => { if (event.button === 0) { event.currentTarget.setPointerCapture(event.pointerId); setDragged({ id: module.id, ...at }); } }}
                    onPointerMove={(event) => move(event, module.id)} onPointerUp={up} onPointerCancel={up}
                    onKeyDown={(event) => { const step = nudges[event.key]; if (!event.altKey || !step) return; event.preventDefault(); event.stopPropagation(); const by = event.shiftKey ? 5 : 0.5; place(module.id, { x: percent(at.x + step[0] * by), y: percent(at.y + step[1] * by) }); }}>{module.place?.number ?? index + 1}</button>
                </li>
              );
            })}
          </ul>
        </div>
      </div>
      <ModuleShelf modules={placeable(page.modules)} picture chosen={chosen} onChoose={setChosen} onDrop={(module, x, y) => place(module, pointIn(x, y))} onMiddle={(module) => place(module, { x: 50, y: 50 })} onRemove={(module) => change(session, (one) => withPlace(one, module, null), { title: "Take off the picture" })} />
    </div>
  );
}
