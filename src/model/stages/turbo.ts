/**
 * Coupling: clock of a core by how many cores of its package are active, relative to one active core alone. Every core that
 * the scenario uses counts in full, however little it has to do [assumed].
 *
 * @param activeCores of the package, this one included
 * @param turboRatios clock with 1, 2, ... active cores, relative to one; the last stands for more. Left out where the clock is constant
 * Source: Intel SDM volume 4, MSR_TURBO_RATIO_LIMIT.
 * @example
 * turboRatio(3, [1, 1, 0.96, 0.96, 0.92, 0.92]) // => 0.96
 * turboRatio(3) // => 1
 */
export function turboRatio(activeCores: number, turboRatios: readonly number[] = [1]): number {
  return turboRatios[Math.min(activeCores, turboRatios.length) - 1] ?? 1;
}
