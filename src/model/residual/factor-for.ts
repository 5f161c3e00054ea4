const most = 64;
const steps = 36;

/**
 * The factor at which a quantity that rises with it reaches a target, by bisection on a logarithmic scale from 1/64 to 64; the nearer end where it
 * never does.
 */
export function factorFor(quantity: (factor: number) => number, target: number): number {
  let low = 1 / most;
  let high = most;
  for (let step = 0; step < steps; step++) {
    const middle = Math.sqrt(low * high);
    if (quantity(middle) < target) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}
