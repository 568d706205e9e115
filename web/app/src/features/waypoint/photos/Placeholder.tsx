// What stands in the place of a photo while it loads: drawn from the few bytes that came with the list.
import { memo, useLayoutEffect, useRef } from "react";
import { drawThumbhash, type Pixels } from "../model/thumbhash.ts";
import styles from "./Photos.module.css";

const drawn = new Map<string, Pixels | null>();

function pixelsOf(hash: string): Pixels | null {
  const known = drawn.get(hash);
  if (known !== undefined) return known;
  const pixels = hash ? drawThumbhash(hash) : null;
  if (drawn.size > 4000) drawn.clear();
  drawn.set(hash, pixels);
  return pixels;
}

export const Placeholder = memo(function Placeholder({ hash }: { hash: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pixels = pixelsOf(hash);
  useLayoutEffect(() => {
    if (!pixels) return;
    canvas.current?.getContext("2d")?.putImageData(new ImageData(pixels.data, pixels.width, pixels.height), 0, 0);
  }, [pixels]);
  return pixels ? <canvas ref={canvas} width={pixels.width} height={pixels.height} className={styles["placeholder"]} aria-hidden="true" /> : null;
});
