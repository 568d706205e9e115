// Draws what stands in the place of a photo while it loads, from some 25 bytes: ThumbHash by Evan Wallace
// (https://evanw.github.io/thumbhash/), decoded small, since it is shown large and soft. Pure.
export interface Pixels { width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> }

function bytesOf(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Null when the text is no such hash. */
export function drawThumbhash(base64: string, longest = 12): Pixels | null {
  const hash = bytesOf(base64);
  if (!hash || hash.length < 5) return null;
  const [b0, b1, b2, b3, b4] = hash as unknown as [number, number, number, number, number];
  const header24 = b0 | (b1 << 8) | (b2 << 16);
  const header16 = b3 | (b4 << 8);
  const lDc = (header24 & 63) / 63;
  const pDc = ((header24 >> 6) & 63) / 31.5 - 1;
  const qDc = ((header24 >> 12) & 63) / 31.5 - 1;
  const lScale = ((header24 >> 18) & 31) / 31;
  const hasAlpha = header24 >> 23 !== 0;
  const pScale = ((header16 >> 3) & 63) / 63;
  const qScale = ((header16 >> 9) & 63) / 63;
  const isLandscape = header16 >> 15 !== 0;
  const few = header16 & 7;
  const most = hasAlpha ? 5 : 7;
  const lx = Math.max(3, isLandscape ? most : few);
  const ly = Math.max(3, isLandscape ? few : most);
  const aDc = hasAlpha && hash.length > 5 ? ((hash[5] as number) & 15) / 15 : 1;
  const aScale = hasAlpha && hash.length > 5 ? ((hash[5] as number) >> 4) / 15 : 0;
  let at = 0;
  const begin = hasAlpha ? 6 : 5;
  const read = (nx: number, ny: number, scale: number): number[] => {
    const found: number[] = [];
    for (let cy = 0; cy < ny; cy += 1) {
      for (let cx = cy ? 0 : 1; cx * ny < nx * (ny - cy); cx += 1) {
        const byte = hash[begin + (at >> 1)] ?? 0;
        found.push((((byte >> ((at & 1) << 2)) & 15) / 7.5 - 1) * scale);
        at += 1;
      }
    }
    return found;
  };
  const lAc = read(lx, ly, lScale);
  const pAc = read(3, 3, pScale * 1.25);
  const qAc = read(3, 3, qScale * 1.25);
  const aAc = hasAlpha ? read(5, 5, aScale) : [];
  const ratio = (isLandscape ? most : few) / (isLandscape ? few || 1 : most);
  const width = Math.max(1, Math.round(ratio > 1 ? longest : longest * ratio));
  const height = Math.max(1, Math.round(ratio > 1 ? longest / ratio : longest));
  const data = new Uint8ClampedArray(width * height * 4);
  const waves = (size: number, place: number, count: number) => Array.from({ length: count }, (_, wave) => Math.cos((Math.PI / size) * (place + 0.5) * wave));
  const across = Array.from({ length: width }, (_, x) => waves(width, x, Math.max(lx, hasAlpha ? 5 : 3)));
  for (let y = 0; y < height; y += 1) {
    const down = waves(height, y, Math.max(ly, hasAlpha ? 5 : 3));
    for (let x = 0; x < width; x += 1) {
      const fx = across[x] as number[];
      const sum = (ac: number[], nx: number, ny: number) => {
        let total = 0;
        let index = 0;
        for (let cy = 0; cy < ny; cy += 1) {
          for (let cx = cy ? 0 : 1; cx * ny < nx * (ny - cy); cx += 1) { total += (ac[index] as number) * (fx[cx] as number) * (down[cy] as number) * 2; index += 1; }
        }
        return total;
      };
      const l = lDc + sum(lAc, lx, ly);
      const p = pDc + sum(pAc, 3, 3);
      const q = qDc + sum(qAc, 3, 3);
      const a = hasAlpha ? aDc + sum(aAc, 5, 5) : 1;
      const b = l - (2 / 3) * p;
      const r = (3 * l - b + q) / 2;
      data.set([r * 255, (r - q) * 255, b * 255, a * 255], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}
