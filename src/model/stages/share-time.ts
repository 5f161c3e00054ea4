/**
 * Max-min fair shares of a CPU: nobody gets more than it asks for, and those that ask for more share the rest by their weights.
 *
 * @param demands shares of the CPU that each thread could use; infinite for one that never sleeps
 * @param available share of the CPU to give away
 * @param weights claims of the threads; left out, all alike
 */
export function shareTime(demands: readonly number[], available: number, weights: readonly number[] = demands.map(() => 1)): number[] {
  const grants = demands.map(() => 0);
  const ratio = (index: number) => (demands[index] ?? 0) / (weights[index] ?? 1);
  const order = demands.map((_, index) => index).sort((a, b) => ratio(a) - ratio(b));
  let rest = available;
  let weight = weights.reduce((sum, one) => sum + one, 0);
  for (const index of order) {
    const own = weights[index] ?? 1;
    const grant = Math.min(demands[index] ?? 0, (rest * own) / weight);
    grants[index] = grant;
    rest -= grant;
    weight -= own;
  }
  return grants;
}
