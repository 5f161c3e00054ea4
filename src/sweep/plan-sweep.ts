import { createHash } from 'node:crypto';
import { type Experiment, type Host, type Hosts, InputError, parseExperiment, type Sweep } from '../experiment/index.js';
import { versions } from '../lab/versions.js';
import { canonicalJson } from './canonical-json.js';
import { jobId } from './job-id.js';
import { modelVersion } from './model-version.js';
import type { PlannedJob } from './planned-job.js';
import { setField } from './set-field.js';
import type { SweepJob } from './sweep-job.js';

/** What the names in a sweep stand for. */
export interface SweepSetting {
  base: Experiment;
  /** Whose costs predictions and simulations take; of measurements, the machine in front of you. */
  host: Host;
  /** Of measurements elsewhere. */
  hosts?: Hosts;
}

/**
 * Expands a sweep into its jobs: every combination of values, the last axis changing fastest, each once a seed or repeat.
 *
 * @param where name that error messages begin with
 * @throws {InputError} with one line that names the point when a combination is no Experiment, or is there twice
 */
export function planSweep(sweep: Sweep, setting: SweepSetting, where = `sweep ${sweep.id}`): PlannedJob[] {
  const draws =
    sweep.answer === 'simulate' ? sweep.seeds : sweep.answer === 'measure' ? Array.from({ length: sweep.repeats }, (_, i) => i + 1) : [null];
  const jobs: PlannedJob[] = [];
  const seen = new Map<string, string>();
  for (const point of pointsOf(Object.entries(sweep.vary))) {
    const experiment = experimentAt(point, setting.base, where);
    for (const draw of draws) {
      const job = jobOf(sweep, setting, experiment, draw);
      const id = jobId(job);
      const name = pointText(point) + (draw === null ? '' : ` (${draw})`);
      const twin = seen.get(id);
      if (twin !== undefined) throw new InputError(`${where}: points must differ, and ${twin} and ${name} are the same experiment`);
      seen.set(id, name);
      jobs.push({ id, point, draw, job });
    }
  }
  return jobs;
}

/** A point for people: `receiver.batchPackets=64, payloadBytes=32`. */
export function pointText(point: PlannedJob['point']): string {
  return Object.entries(point)
    .map(([path, value]) => `${path}=${JSON.stringify(value)}`)
    .join(', ');
}

function* pointsOf(axes: [string, unknown[]][]): Generator<PlannedJob['point']> {
  const [first, ...others] = axes;
  if (!first) return yield {};
  const [path, values] = first;
  for (const value of values) for (const rest of pointsOf(others)) yield { [path]: value, ...rest };
}

function experimentAt(point: PlannedJob['point'], base: Experiment, where: string): Experiment {
  const document = structuredClone(base);
  try {
    for (const [path, value] of Object.entries(point)) setField(document, path, value);
  } catch (error) {
    throw new InputError(`${where}: ${(error as Error).message}`);
  }
  const { id, ...content } = parseExperiment(document, `${where}: ${pointText(point)}`);
  // Its own name, the same in every sweep that holds it, because records are told apart by name.
  const mark = createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 8);
  return { id: `${id.slice(0, 55)}-${mark}`, ...content };
}

function jobOf(sweep: Sweep, { host, hosts }: SweepSetting, experiment: Experiment, draw: number | null): SweepJob {
  const schema = 'million-packets/sweep-job/1' as const;
  if (sweep.answer === 'measure') {
    const { name, kernelRelease, cpus, receivePath } = host;
    const on = hosts ?? { name, kernelRelease, cpus, receivePath };
    return { schema, answer: 'measure', kit: versions().kit, experiment, on, repeat: draw ?? 1 };
  }
  const question = { schema, model: modelVersion(), experiment, host };
  if (sweep.answer === 'predict') return { answer: 'predict', ...question };
  return { answer: 'simulate', ...question, seed: draw ?? 1, seconds: sweep.seconds, replications: sweep.replications };
}
