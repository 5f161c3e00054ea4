import { readFileSync } from 'node:fs';
import { max, median } from 'simple-statistics';
import type { Stability } from '../experiment/index.js';
import { parseProcStat } from '../host/index.js';
import { calibrationCpus } from './calibration-cpus.js';
import { cpuShares } from './cpu-shares.js';
import type { Lab } from './lab.js';
import type { LabPath } from './lab-path.js';
import { takeLock } from './lock.js';
import { type MicroReading, type MicroRun, runMicro } from './micro-runs.js';
import { microSeries } from './micro-series.js';

const pairs = 4;
/** From these on, a machine does not count as stable. A guest's neighbours alone make some 7 % between runs [measured on a two-CPU guest]. */
const limits = { noiseFloor: 0.15, stealShare: 0.02, otherCpuShare: 0.1 };

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/**
 * Looks how stable this machine is: runs one and the same flood in pairs and sees by how much they differ (A against A), what the hypervisor took
 * meanwhile, and what other processes used. The packets go the way of those that shall be measured. About eight seconds.
 *
 * @throws {HostError} when another measurement does not end
 * @throws {DOMException} named AbortError when the signal fires
 */
export async function checkStability(
  lab: Lab,
  {
    path = 'veth',
    onProgress = () => {},
    signal,
  }: { path?: LabPath; onProgress?: (progress: { step: number; steps: number }) => void; signal?: AbortSignal | undefined } = {},
): Promise<Stability> {
  const cpus = calibrationCpus();
  const { runs, repeated } = microSeries[path];
  const micro = runs[repeated.run] as MicroRun;
  const lock = await takeLock();
  try {
    const before = parseProcStat(readFileSync('/proc/stat', 'utf8'));
    const readings: MicroReading[] = [];
    lab.steerTo(path === 'veth-rps' ? cpus.reader : null);
    for (let step = 0; step < 2 * pairs; step++) {
      signal?.throwIfAborted();
      onProgress({ step, steps: 2 * pairs });
      readings.push(await runMicro(lab, micro, cpus));
    }
    const shares = cpuShares(before, parseProcStat(readFileSync('/proc/stat', 'utf8')));
    return stabilityOf(
      // A reading that shows nothing is as far from the others as can be.
      readings.map((reading) => repeated.figure(reading) ?? 0),
      max(shares.map(({ steal }) => steal)),
      median(readings.map(({ otherCpuShare }) => otherCpuShare)),
    );
  } finally {
    await lock.release();
  }
}

/** Judges figures of one and the same flood, rates or times, taken one after the other. */
export function stabilityOf(figures: readonly number[], stealShare: number, otherCpuShare: number): Stability {
  const differences: number[] = [];
  for (let first = 0; first + 1 < figures.length; first += 2) {
    const [a, b] = [figures[first] ?? 0, figures[first + 1] ?? 0];
    differences.push(Math.max(a, b) / Math.min(a, b) - 1);
  }
  const noiseFloor = median(differences);
  const reasons: string[] = [];
  if (!(noiseFloor <= limits.noiseFloor))
    reasons.push(`two runs of the same flood differ by ${percent(noiseFloor)} in the median of ${differences.length} pairs`);
  if (stealShare > limits.stealShare) reasons.push(`the hypervisor took ${percent(stealShare)} of a CPU`);
  if (otherCpuShare > limits.otherCpuShare) reasons.push(`other processes used ${percent(otherCpuShare)} of a CPU`);
  return { pairs: differences.length, noiseFloor, stealShare, otherCpuShare, reasons };
}
