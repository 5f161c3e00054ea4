import type { Experiment } from '../experiment/experiment.js';
import type { Cpu, Host } from '../experiment/host.js';
import { cpuByNumber } from './plan/topology.js';
import { assess, deliveredPps } from './predict/assess.js';

/** Where a reader runs, seen from the CPU that fills its socket. */
export type ReaderPlace = 'queue CPU' | 'hyper-thread sibling' | 'same node' | 'other node';

/** What an unpinned reader gets while the scheduler leaves it in one kind of place. */
export interface PlacementPlateau {
  place: ReaderPlace;
  predictedPps: number;
  /** Share of the possible CPUs that are such a place: its weight if the scheduler had no preference. */
  uniformWeight: number;
  /** Share of the observed lines that are nearer to this plateau than to any other, relatively. */
  observedWeight: number;
}

/**
 * The plateaus between which one unpinned reader of one flow moves, and how an observed run spreads over them. The observed weights are
 * read off the run that they describe: they are there to be seen, not to be scored.
 *
 * @param lines observed pps, one a second
 */
export function placementPlateaus(experiment: Experiment, host: Host, lines: readonly number[]): PlacementPlateau[] {
  const plateaus = new Map<ReaderPlace, { weight: number; pps: number }>();
  const { possibilities, solutions } = assess(experiment, host);
  for (const { probability, named, scenario } of possibilities) {
    const cpuOf = (processor = 0) => cpuByNumber(host, named.cpus[processor] ?? 0);
    const place = placeOf(cpuOf(named.scenario.flows[0]?.processor), cpuOf(named.scenario.sockets[0]?.readers[0]));
    const solution = solutions[scenario];
    const { weight, pps } = plateaus.get(place) ?? { weight: 0, pps: 0 };
    plateaus.set(place, { weight: weight + probability, pps: pps + probability * (solution ? deliveredPps(solution) : 0) });
  }
  const rows = [...plateaus].map(([place, { weight, pps }]) => ({ place, predictedPps: pps / weight, uniformWeight: weight }));
  const nearest = lines.map((line) => {
    const distances = rows.map(({ predictedPps }) => Math.abs(Math.log(line / predictedPps)));
    return distances.indexOf(Math.min(...distances));
  });
  return rows
    .map((row, index) => ({ ...row, observedWeight: nearest.filter((which) => which === index).length / lines.length }))
    .sort((a, b) => b.predictedPps - a.predictedPps);
}

function placeOf(filling?: Cpu, reading?: Cpu): ReaderPlace {
  if (filling?.cpu === reading?.cpu) return 'queue CPU';
  if (filling?.core === reading?.core) return 'hyper-thread sibling';
  return filling?.node === reading?.node ? 'same node' : 'other node';
}
