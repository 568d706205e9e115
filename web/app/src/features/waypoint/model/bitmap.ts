// A handful of pixels as the address of a picture. A browser shows it like any other, off the thread that scrolls; a canvas
// for each of hundreds of photos would be drawn on it. The format is Windows' bitmap, which needs no packing. Pure.
import type { Pixels } from "./thumbhash.ts";

const header = 54;

export function bitmapAddress({ width, height, data }: Pixels): string {
  const bytes = new Uint8Array(header + width * height * 4);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, header, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  // A negative height says that the first line is the upper one.
  view.setInt32(22, -height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 32, true);
  for (let at = 0; at < width * height * 4; at += 4) bytes.set([data[at + 2] ?? 0, data[at + 1] ?? 0, data[at] ?? 0, 255], header + at);
  return `data:image/bmp;base64,${btoa(String.fromCharCode(...bytes))}`;
}
