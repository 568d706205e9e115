// A small picture of each kind of module, drawn from the same few shapes: a sheet, lines of text, boxes, one accent.
// The colours come from the studio's tokens, so they follow its light and dark.
import type { ReactNode } from "react";
import styles from "./Panels.module.css";

const at = (x: number, y: number, width: number, height: number, radius = 1.5) => ({ x, y, width, height, rx: radius });
type Box = ReturnType<typeof at>;
const ink = (box: Box) => <rect key={`i${box.x}-${box.y}`} {...box} className={styles["ink"]} />;
const line = (box: Box) => <rect key={`l${box.x}-${box.y}`} {...box} className={styles["softInk"]} />;
const accent = (box: Box) => <rect key={`a${box.x}-${box.y}`} {...box} className={styles["accentInk"]} />;
const frame = (box: Box) => <rect key={`f${box.x}-${box.y}`} {...box} className={styles["frameInk"]} />;
const dashed = (box: Box) => <rect key={`d${box.x}-${box.y}`} {...box} className={styles["dashedInk"]} />;

/** A landscape: what stands for any photograph. */
function photo({ x, y, width, height }: Box): ReactNode {
  const down = y + height;
  return (
    <g key={`p${x}-${y}`}>
      <rect x={x} y={y} width={width} height={height} rx={2} className={styles["photoInk"]} />
      <circle cx={x + width * 0.74} cy={y + height * 0.3} r={Math.min(width, height) * 0.12} className={styles["accentInk"]} />
      <path d={`M${x} ${down - 1.5} L${x + width * 0.34} ${y + height * 0.42} L${x + width * 0.56} ${down - height * 0.28} L${x + width * 0.7} ${y + height * 0.58} L${x + width} ${down - 1.5} V${down} H${x} Z`} className={styles["softInk"]} />
    </g>
  );
}

const pictures: Record<string, ReactNode> = {
  hero: [photo(at(8, 8, 80, 44)), <rect key="card" {...at(14, 20, 40, 26, 2)} className={styles["paperInk"]} />, ink(at(18, 24, 30, 4)), ink(at(18, 30, 20, 4)), accent(at(18, 38, 14, 5, 2.5))],
  text: [ink(at(18, 10, 34, 5)), ...[21, 28, 35, 42].map((y, index) => line(at(18, y, [60, 54, 60, 36][index] ?? 60, 3)))],
  button: [accent(at(26, 21, 44, 18, 6)), <rect key="word" {...at(35, 28.5, 26, 3)} className={styles["onAccentInk"]} />],
  image: [photo(at(18, 8, 60, 36)), line(at(18, 48, 34, 3))],
  gallery: [photo(at(8, 8, 38, 44)), photo(at(50, 8, 38, 20)), photo(at(50, 32, 17, 20)), photo(at(71, 32, 17, 20))],
  form: [line(at(16, 8, 20, 3)), frame(at(16, 13, 64, 10, 2.5)), line(at(16, 27, 26, 3)), frame(at(16, 32, 64, 10, 2.5)), accent(at(16, 46, 22, 8, 3))],
  section: [dashed(at(10, 8, 76, 44, 4)), ink(at(18, 15, 28, 4)), line(at(18, 24, 60, 3)), line(at(18, 30, 50, 3)), accent(at(18, 40, 16, 5, 2.5))],
  row: [...[8, 36, 64].flatMap((x) => [dashed(at(x, 8, 24, 44, 3)), ink(at(x + 4, 14, 14, 3.5)), line(at(x + 4, 21, 16, 2.5)), line(at(x + 4, 26, 12, 2.5))])],
  navigation: [frame(at(6, 20, 84, 20, 3)), accent(at(11, 26, 8, 8, 2)), ...[42, 57, 72].map((x) => line(at(x, 28.5, 11, 3)))],
  "waypoint-image": [photo(at(8, 8, 80, 44)), <path key="pin" d="M42 17 a8 8 0 0 1 16 0 c0 6-8 14-8 14 s-8-8-8-14 Z" className={styles["accentInk"]} />, <circle key="hole" cx={50} cy={17} r={3} className={styles["paperInk"]} />],
  "code-screenshot": [
    <rect key="window" {...at(10, 8, 76, 44, 4)} className={styles["photoInk"]} />, ...[16, 21, 26].map((x) => <circle key={x} cx={x} cy={14} r={1.6} className={styles["softInk"]} />),
    accent(at(16, 22, 12, 3)), line(at(31, 22, 26, 3)), line(at(22, 29, 34, 3)), accent(at(22, 36, 16, 3)), line(at(41, 36, 20, 3)), line(at(16, 43, 10, 3)),
  ],
  link: [frame(at(10, 12, 76, 36, 4)), photo(at(14, 16, 24, 28)), ink(at(44, 21, 28, 4)), line(at(44, 29, 34, 3)), <path key="arrow" d="M74 36 l5 0 l0 5 M79 36 l-7 7" className={styles["strokeInk"]} />],
};
const unknown = [dashed(at(20, 12, 56, 36, 4)), ink(at(30, 22, 24, 4)), line(at(30, 31, 36, 3))];

export function KindPicture({ kind }: { kind: string }) {
  return (
    <svg viewBox="0 0 96 60" className={styles["picture"]} aria-hidden="true" focusable="false">
      <rect width={96} height={60} className={styles["paperInk"]} />
      {pictures[kind] ?? unknown}
    </svg>
  );
}
