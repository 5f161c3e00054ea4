import { closeAccount, type Run } from '../experiment/index.js';

/** Says whether a run's outcome is what its raw counters give: packets of the whole run, and rates over its window. */
export function followsFromSamples({ experiment, samples, window, outcome }: Run): boolean {
  const [start, first, last, end] = [samples[0], samples[window.first], samples[window.last], samples.at(-1)];
  if (!start || !first || !last || !end) return false;
  const whole = closeAccount(start, end, experiment);
  const inside = closeAccount(first, last, experiment);
  const seconds = (last.tNs - first.tNs) / 1e9;
  const near = (told: number | null | undefined, counted: number) =>
    typeof told === 'number' && Math.abs(told - counted) <= 1e-9 * Math.max(1, counted);
  return (
    outcome.offeredPackets === whole.offeredPackets &&
    outcome.deliveredPackets === whole.deliveredPackets &&
    outcome.unaccountedPackets === whole.unaccountedPackets &&
    Object.entries(whole.lossesPackets).every(([place, packets]) => outcome.lossesPackets?.[place as keyof typeof whole.lossesPackets] === packets) &&
    near(outcome.offeredPps, inside.offeredPackets / seconds) &&
    near(outcome.deliveredPps, inside.deliveredPackets / seconds)
  );
}
