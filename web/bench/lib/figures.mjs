// Figures as `cargo xtask bench` reads them: what was measured, how much, and what is promised, if anything.

/** The value that this share of the values stays below, such as 0.95. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const promised = (what, measured, limit, unit) => ({ what, measured, limit, unit });
export const known = (what, text) => ({ what, text });

const frame = 1000 / 60;

/** What a run of frames says: the longest stop, and how many frames of sixty a second were left out. */
export function describeFrames({ gaps, tasks }) {
  const dropped = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / frame) - 1), 0);
  const longest = Math.max(0, ...tasks.map((task) => task.duration));
  return { longest, dropped, frames: gaps.length + dropped, share: (dropped / Math.max(1, gaps.length + dropped)) * 100, slowest: Math.max(0, ...gaps) };
}

export const say = (name) => process.stderr.write(`  ${name}\n`);
