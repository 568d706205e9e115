// The line of a chart from its samples. Must not know the DOM.

/** Points of an SVG polyline, newest at the right; `most` samples fill the width. */
export function linePoints(samples: number[], most: number, size: { width: number; height: number }, top: number): string {
  const step = size.width / Math.max(1, most - 1);
  const start = size.width - (samples.length - 1) * step;
  const height = (value: number) => size.height - (Math.min(value, top) / top) * size.height;
  return samples.map((value, index) => `${round(start + index * step)},${round(height(value))}`).join(" ");
}

const round = (value: number) => Math.round(value * 10) / 10;

/** The next round number above the highest sample, so that the line does not jump with each one. */
export function roundTop(samples: number[], least: number): number {
  const highest = Math.max(least, ...samples);
  const magnitude = 10 ** Math.floor(Math.log10(highest));
  return [1, 2, 5, 10].map((step) => step * magnitude).find((step) => step >= highest) ?? highest;
}
