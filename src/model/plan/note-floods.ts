import type { Experiment } from '../../experiment/experiment.js';

/** Says what a wire sends for sources that flood. */
export function noteFloods({ sources }: Experiment, wirePps: (number | null)[], deviations: string[]): void {
  const floods = sources.flatMap(({ offeredPps }, index) => (offeredPps === null ? (wirePps[index] ?? []) : []));
  if (floods.length === 0) return;
  const each = `${Math.round((floods[0] ?? 0) / 1000)}k packets per second`;
  deviations.push(`The wire stands for the sending host: each of ${floods.length} flooding source(s) is one sending core's worth, ${each}.`);
}
