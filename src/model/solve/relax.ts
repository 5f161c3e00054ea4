const steps = 600;

/**
 * Fixed point of a map of the unit box into itself. Each unknown has its own step, which shrinks when the unknown turns
 * back and grows while it goes on, so that neither a steep nor a flat coupling needs a hand-set damping.
 *
 * @param unknowns start, overwritten with the fixed point
 * @param map writes the image of its first argument into its second
 * @param tolerance largest change of an unknown at which to stop
 * @returns largest change in the last step
 */
export function relax(unknowns: number[], map: (unknowns: number[], image: number[]) => void, tolerance: number): number {
  const image = unknowns.slice();
  const step = unknowns.map(() => 0.6);
  const before = unknowns.map(() => 0);
  let residual = 0;
  for (let iteration = 0; iteration < steps; iteration++) {
    map(unknowns, image);
    residual = 0;
    for (let i = 0; i < unknowns.length; i++) {
      const change = (image[i] ?? 0) - (unknowns[i] ?? 0);
      residual = Math.max(residual, Math.abs(change));
      const turned = change * (before[i] ?? 0) < 0;
      step[i] = turned ? Math.max(0.005, (step[i] ?? 0) * 0.55) : Math.min(1, (step[i] ?? 0) * 1.1);
      before[i] = change;
      unknowns[i] = Math.min(1, Math.max(0, (unknowns[i] ?? 0) + (step[i] ?? 0) * change));
    }
    if (residual < tolerance) break;
  }
  return residual;
}
