/**
 * Max-min fair shares of a CPU: nobody gets more than it asks for, and those that ask for more get equal shares of the rest.
 *
 * @param demands shares of the CPU that each thread could use; infinite for one that never sleeps
 * @param available share of the CPU to give away
 */
export function shareTime(demands: number[], available: number): number[] {
  const grants = demands.map(() => 0);
  const order = demands.map((_, index) => index).sort((a, b) => (demands[a] ?? 0) - (demands[b] ?? 0));
  let rest = available;
  for (const [rank, index] of order.entries()) {
    const grant = Math.min(demands[index] ?? 0, rest / (order.length - rank));
    grants[index] = grant;
    rest -= grant;
  }
  return grants;
}
