// The judge of sameness: the canvas of the studio and the exported page, photographed, differ in no pixel.

/** How many pixels differ between the page of the canvas and the exported one. */
export async function differingPixels(browser, canvas, exported, { size, scheme = "light" }) {
  const context = await browser.newContext({ viewport: size, colorScheme: scheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  const photos = [];
  for (const address of [canvas, exported]) {
    await page.goto(address, { waitUntil: "load" });
    await page.evaluate(settle);
    photos.push(await page.screenshot({ fullPage: true }));
  }
  const [one, two] = photos;
  // The same pixels are the same file; only others have to be counted.
  const count = one.equals(two) ? 0 : await page.evaluate(compare, [one.toString("base64"), two.toString("base64")]);
  await context.close();
  return count;
}

// Runs in the page: all fonts and pictures have come.
async function settle() {
  await document.fonts.ready;
  for (const image of document.images) {
    image.loading = "eager";
    await image.decode().catch(() => {});
  }
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}

// Runs in the page: pixels that differ; all of them when the sizes do.
async function compare([one, two]) {
  const pixels = async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const drawing = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    drawing.drawImage(bitmap, 0, 0);
    return drawing.getImageData(0, 0, bitmap.width, bitmap.height);
  };
  const [first, second] = [await pixels(one), await pixels(two)];
  const size = Math.max(first.width * first.height, second.width * second.height);
  if (first.width !== second.width || first.height !== second.height) return size;
  const [left, right] = [first, second].map(({ data }) => new Uint32Array(data.buffer));
  return left.reduce((sum, pixel, index) => sum + (pixel === right[index] ? 0 : 1), 0);
}
