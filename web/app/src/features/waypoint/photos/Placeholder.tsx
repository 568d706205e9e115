// What stands in the place of a photo while it loads: drawn from the few bytes that came with the list.
import { memo } from "react";
import { bitmapAddress } from "../model/bitmap.ts";
import { drawThumbhash } from "../model/thumbhash.ts";
import styles from "./Photos.module.css";

const drawn = new Map<string, string>();

function pictureOf(hash: string): string {
  const known = drawn.get(hash);
  if (known !== undefined) return known;
  const pixels = hash ? drawThumbhash(hash) : null;
  if (drawn.size > 4000) drawn.clear();
  const address = pixels ? `url("${bitmapAddress(pixels)}")` : "";
  drawn.set(hash, address);
  return address;
}

export const Placeholder = memo(function Placeholder({ hash }: { hash: string }) {
  const picture = pictureOf(hash);
  return picture ? <span className={styles["placeholder"]} style={{ backgroundImage: picture }} aria-hidden="true" /> : null;
});
