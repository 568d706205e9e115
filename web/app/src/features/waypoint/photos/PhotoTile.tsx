// One photo of the grid.
import { urls } from "@accid/api-client/urls";
import { memo, useState } from "react";
import type { Row } from "../model/rows.ts";
import { dayInWords, timeInWords } from "../model/words.ts";
import { Placeholder } from "./Placeholder.tsx";
import styles from "./Photos.module.css";

export function labelOf(row: Row): string {
  const facts = [
    row.title || row.name, row.day ? `${dayInWords(row.day, true)}, ${timeInWords(row.taken)}` : "", [row.town, row.country].filter(Boolean).join(", "),
    row.rating > 0 ? `${row.rating} of 5 stars` : "", row.hidden ? "hidden" : "", row.lat === null ? "without a place" : "",
  ];
  return facts.filter(Boolean).join("; ");
}

interface Props { project: string; row: Row; left: number; width: number; height: number; index: number; count: number; chosen: boolean; at: boolean; marked: boolean; /** Only its placeholder: somebody races past it. A photo that is there already stays. */ quick: boolean }

export const PhotoTile = memo(function PhotoTile({ project, row, left, width, height, index, count, chosen, at, marked, quick }: Props) {
  const [shown, setShown] = useState(!quick);
  if (!quick && !shown) setShown(true);
  return (
    <div role="option" id={`photo-${row.id}`} aria-selected={chosen} aria-label={labelOf(row)} aria-posinset={index + 1} aria-setsize={count} data-photo={row.id} data-index={index}
      className={styles["tile"]} data-at={at || undefined} data-hidden={row.hidden || undefined} style={{ left, width, height }}>
      <Placeholder hash={row.thumbhash} />
      {shown && <img src={urls.picture(project, row.id, 320)} alt="" width={width} height={height} decoding="async" draggable={false} className={styles["picture"]}
        onLoad={(event) => { event.currentTarget.dataset["loaded"] = ""; }} />}
      {(row.rating > 0 || row.hidden || row.lat === null || marked) && (
        <span className={styles["signs"]} aria-hidden="true">
          {row.rating > 0 && <span data-sign="stars">{row.rating}</span>}
          {row.hidden && <span data-sign="hidden" />}
          {row.lat === null && <span data-sign="nowhere" />}
          {marked && <span>Cover</span>}
        </span>
      )}
      <span className={styles["check"]} aria-hidden="true" />
    </div>
  );
});
