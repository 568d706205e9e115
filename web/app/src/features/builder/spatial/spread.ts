// Signs that would lie over each other are moved apart, each as little as it must. Pure.

export interface Spot { x: number; y: number }

/** Rounds are cheap, and a crowd is settled in few. */
const rounds = 60;

/** The spots in their order, no two nearer than `least`, as far as the rounds allow. */
export function spread(spots: Spot[], least: number): Spot[] {
  const moved = spots.map((spot) => ({ ...spot }));
  for (let round = 0; round < rounds; round += 1) {
    let touched = false;
    for (const [index, one] of moved.entries()) {
      for (const other of moved.slice(index + 1)) {
        const [dx, dy] = [other.x - one.x, other.y - one.y];
        const distance = Math.hypot(dx, dy);
        if (distance >= least - 0.01) continue;
        touched = true;
        // At the same spot there is no direction: the later one goes below.
        const [ux, uy] = distance > 0.01 ? [dx / distance, dy / distance] : [0, 1];
        const by = (least - distance) / 2;
        one.x -= ux * by; one.y -= uy * by;
        other.x += ux * by; other.y += uy * by;
      }
    }
    if (!touched) break;
  }
  return moved;
}
