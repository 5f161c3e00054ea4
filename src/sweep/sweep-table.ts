import type { Experiment, LossPlace, Sweep } from '../experiment/index.js';
import type { CsvValue } from '../records/csv.js';
import type { JobResult } from './job-result.js';
import type { PlannedJob } from './planned-job.js';

/** One job of a finished sweep: the values of its axes by their paths, and what came of it. Rates are packets per second. */
export type SweepRow = Record<string, unknown> & {
  job: string;
  deliveredPps: number | null;
};

/** All results of a sweep, in the order of its plan; `table.json`. */
export interface SweepTable {
  schema: 'million-packets/sweep-table/1';
  id: string;
  title: string;
  answer: Sweep['answer'];
  base: Experiment;
  /** Paths of the fields that were varied. */
  axes: string[];
  rows: SweepRow[];
}

const places: LossPlace[] = ['sendBuffer', 'qdisc', 'nicRing', 'backlog', 'firewall', 'noPort', 'checksum', 'memory', 'socketBuffer', 'inFlight'];
const drawNames = { predict: null, simulate: 'seed', measure: 'repeat' } as const;

/** Puts the results of a sweep together, one row a job. Places of loss that nobody observed have no column. */
export function sweepTable(sweep: Sweep, base: Experiment, jobs: readonly PlannedJob[], resultOf: (id: string) => JobResult): SweepTable {
  const results = jobs.map(({ id }) => resultOf(id));
  const seen = places.filter((place) => results.some(({ outcome }) => outcome?.lossesPps[place] !== undefined));
  const drawName = drawNames[sweep.answer];
  const rows = jobs.map(({ id, point, draw, job }, index): SweepRow => {
    const { outcome = null, refused = null, run, predictedPps } = results[index] ?? {};
    return {
      job: id,
      experiment: job.experiment.id,
      ...point,
      ...(drawName && { [drawName]: draw }),
      offeredPps: outcome?.offeredPps ?? null,
      ...(sweep.answer === 'measure' && { predictedPps: predictedPps ?? null }),
      deliveredPps: outcome?.deliveredPps ?? null,
      deliveredLowPps: outcome?.delivered.low ?? null,
      deliveredHighPps: outcome?.delivered.high ?? null,
      ...Object.fromEntries(seen.map((place) => [`${place}Pps`, outcome?.lossesPps[place] ?? null])),
      unaccountedPackets: outcome?.unaccountedPackets ?? null,
      bottleneck: outcome?.bottleneck ?? null,
      ...(sweep.answer === 'measure' && { run: run ?? null }),
      refused,
    };
  });
  return {
    schema: 'million-packets/sweep-table/1',
    id: sweep.id,
    title: sweep.title,
    answer: sweep.answer,
    base,
    axes: Object.keys(sweep.vary),
    rows,
  };
}

/** Rows for a CSV file: values that are lists or objects become their JSON text. */
export function csvRows({ rows }: SweepTable): Record<string, CsvValue>[] {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as CsvValue)]),
    ),
  );
}
