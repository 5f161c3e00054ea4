const most = 64;
const steps = 36;

/**
 * The factor at which a quantity that rises with it reaches a target, by bisection on a logarithmic scale from 1/64 to 64; the nearer end where it
 * never does. Of the factors tried it is the one that comes nearest, because a quantity that rises on the whole may jump up and down in the small.
 */
export function factorFor(quantity: (factor: number) => number, target: number): number {
  let low = 1 / most;
  let high = most;
  let nearest = 1;
  let distance = Number.POSITIVE_INFINITY;
  for (let step = 0; step < steps; step++) {
    const middle = Math.sqrt(low * high);
    const reached = quantity(middle);
    if (Math.abs(reached - target) <= distance) {
      nearest = middle;
      distance = Math.abs(reached - target);
    }
    if (reached < target) low = middle;
    else high = middle;
  }
  return nearest;
}
