import { closeAccount, type Run } from '../experiment/index.js';

/** Rates of a run between its samples, and its measured window, in seconds since its start. */
export interface RunSeries {
  label: string;
  points: { tS: number; sentPps: number; deliveredPps: number; lostPps: number }[];
  window: { fromS: number; toS: number };
}

/** Turns the raw cumulative counters of a run into rates over time. */
export function ppsSeries(run: Run): RunSeries {
  const timeS = (index: number) => (run.samples[index]?.tNs ?? 0) / 1e9;
  return {
    label: run.experiment.id,
    points: run.samples.slice(1).map((sample, index) => {
      const before = run.samples[index] ?? sample;
      const seconds = (sample.tNs - before.tNs) / 1e9;
      const { offeredPackets, deliveredPackets, lossesPackets } = closeAccount(before, sample, run.experiment);
      const lost = Object.values(lossesPackets).reduce((sum, packets) => sum + packets, 0);
      return {
        tS: (before.tNs + sample.tNs) / 2e9,
        sentPps: offeredPackets / seconds,
        deliveredPps: deliveredPackets / seconds,
        lostPps: lost / seconds,
      };
    }),
    window: { fromS: timeS(run.window.first), toS: timeS(run.window.last) },
  };
}
