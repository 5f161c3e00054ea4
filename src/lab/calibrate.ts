import { max, median } from 'simple-statistics';
import type { Cost, Costs, CpuSpeed, Host } from '../experiment/index.js';
import { readFacts, readHost } from '../host/index.js';
import { calibrationCpus } from './calibration-cpus.js';
import { doctor } from './doctor.js';
import { identifyInterruptions } from './identify-interruptions.js';
import { Lab } from './lab.js';
import { requireLab } from './lab-obstacles.js';
import type { LabPath } from './lab-path.js';
import { takeLock } from './lock.js';
import { type MicroReading, runMicro } from './micro-runs.js';
import { microSeries, type SeriesReadings } from './micro-series.js';
import { probeSpeeds } from './probe-speeds.js';
import { softwareNicObstacle } from './software-nic-obstacle.js';

/** Share of a CPU that other processes may use during a micro-run before it is repeated. */
const disturbance = 0.1;
const mostAttempts = 3;
const mostRounds = 100;
/** Seconds that one series takes, about. */
export const seriesS = 7;

/** Five rounds give a 94 % interval of each median. */
const roundsThatCount = 5;

/** Newest rounds that tell how much costs vary, those of earlier calibrations of a sitting among them, so that the machine's drift is in them. */
const roundsThatSpread = 10;

/**
 * Relative spread of a machine's speed after a minute, grown with the root of time [assumed]: a guest's neighbours change its speed by 7 % within
 * six minutes and 14 % within twenty-five, with no steal time to show for it.
 */
const driftOfGuest = 0.028;
const driftOnMetal = 0.006;
/** For so long a calibration shall do, unless somebody says otherwise. */
const usualMinutes = 12;

/** How to calibrate; everything may be left out. */
export interface CalibrateOptions {
  /** The way of the packets whose costs are wanted. */
  path?: LabPath;
  /** Rounds of the whole series to run now. */
  rounds?: number;
  /** Readings to go on from; the new ones are added to it. Only the newest five rounds count, so that a host that drifts is followed. */
  readings?: SeriesReadings;
  /** For how long it shall do: how much the machine's speed may have drifted by then is in the intervals of predictions. */
  minutes?: number;
  onProgress?: (progress: { step: number; steps: number; text: string; secondsLeft: number }) => void;
  signal?: AbortSignal;
}

/**
 * Measures the costs of this machine by a short series of micro-experiments, interleaved and repeated. No configuration
 * that is scored later is among them.
 *
 * @returns this machine as a Host; costs that the series cannot identify stay assumptions and say so
 * @throws {HostError} when this machine cannot run the lab
 * @throws {DOMException} named AbortError when the signal fires
 */
export async function calibrate(
  lab?: Lab,
  {
    path = 'veth',
    rounds = roundsThatCount,
    readings = noReadings(path),
    minutes = usualMinutes,
    onProgress = () => {},
    signal,
  }: CalibrateOptions = {},
): Promise<Host> {
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > mostRounds)
    throw new RangeError(`calibrate: rounds must be an integer from 1 to ${mostRounds}, got ${rounds}`);
  const roundsBefore = readings.send?.length ?? 0;
  if (roundsBefore + rounds < roundsThatCount)
    throw new RangeError(`calibrate: rounds must make at least ${roundsThatCount} with those before, got ${roundsBefore + rounds}`);
  requireLab();
  const host = await readHost(path);
  const cpus = calibrationCpus(host.cpus);
  const hasWire = softwareNicObstacle() === null;
  const runs = Object.entries(microSeries[path].runs).filter(([, { source }]) => path === 'software-nic' || hasWire || source !== 'wire');
  const steps = rounds * runs.length;
  const lock = await takeLock({
    onWait: () => onProgress({ step: 0, steps, text: 'waiting for another measurement to end', secondsLeft: rounds * seriesS }),
  });
  const speeds: CpuSpeed[][] = [];
  let own: Lab | undefined;
  try {
    doctor({ undo: true });
    if (!lab) own = Lab.open();
    const place = (lab ?? own) as Lab;
    place.steerTo(null);
    for (let round = 0; round < rounds; round++) {
      speeds.push(probeSpeeds());
      for (const [index, [name, micro]] of runs.entries()) {
        signal?.throwIfAborted();
        onProgress({
          step: round * runs.length + index,
          steps,
          text: name,
          secondsLeft: (rounds - round - index / runs.length) * seriesS,
        });
        readings[name]?.push(await undisturbed(() => runMicro(place, micro, cpus)));
      }
    }
  } finally {
    own?.close();
    await lock.release();
  }
  return { ...hostOf(host, path, readings, minutes), cpuSpeeds: medianSpeeds(speeds) };
}

/** Repeats a micro-run while other processes disturb it, a few times at most; the calmest reading counts. */
async function undisturbed(run: () => Promise<MicroReading>): Promise<MicroReading> {
  let calmest = await run();
  for (let attempt = 1; attempt < mostAttempts && calmest.otherCpuShare > disturbance; attempt++) {
    const next = await run();
    if (next.otherCpuShare < calmest.otherCpuShare) calmest = next;
  }
  return calmest;
}

/** Readings of no rounds yet. */
export function noReadings(path: LabPath): SeriesReadings {
  return Object.fromEntries(Object.keys(microSeries[path].runs).map((name) => [name, []]));
}

function hostOf(host: Host, path: LabPath, readings: SeriesReadings, minutes: number): Host {
  const newest = newestOf(readings, roundsThatCount);
  const varied = newestOf(readings, roundsThatSpread);
  const { identify } = microSeries[path];
  const truesizes = (newest.enqueue ?? []).flatMap(({ truesizeBytes }) => truesizeBytes ?? []);
  const busiest = max(Object.values(newest).flatMap((rounds) => rounds.map(({ otherCpuShare }) => otherCpuShare)));
  return {
    ...host,
    origin: `calibrated ${new Date().toISOString()} over ${newest.send?.length ?? 0} rounds${busiest > disturbance ? `, while other processes used up to ${Math.round(100 * busiest)} % of a CPU` : ''}`,
    costs: {
      ...host.costs,
      ...withRounds(identify(newest), identify(varied)),
      ...identifyInterruptions(
        (varied.send ?? []).map(({ interruptions }) => interruptions),
        (varied.send ?? []).map(({ crowdedInterruptions }) => crowdedInterruptions),
      ),
    },
    truesizeBytes: truesizes.length ? Math.round(median(truesizes)) : host.truesizeBytes,
    runToRunSpread: Math.sqrt(minutes) * (readFacts().hypervisor === 'none' ? driftOnMetal : driftOfGuest),
  };
}

function newestOf(readings: SeriesReadings, rounds: number): SeriesReadings {
  return Object.fromEntries(Object.entries(readings).map(([name, all]) => [name, all.slice(-rounds)]));
}

/** Costs of the newest rounds, which follow a drift, with all rounds that tell how they vary. */
function withRounds(costs: Partial<Costs>, spread: Partial<Costs>): Partial<Costs> {
  const entries = Object.entries(costs) as [keyof Costs, Cost][];
  return Object.fromEntries(entries.map(([name, cost]) => [name, { ...cost, rounds: spread[name]?.rounds ?? cost.rounds ?? [] }]));
}

/** Median of each CPU's probes. */
function medianSpeeds(probes: readonly CpuSpeed[][]): CpuSpeed[] {
  return (probes[0] ?? []).map(({ cpu }) => ({
    cpu,
    aluNs: median(probes.flatMap((speeds) => speeds.filter((speed) => speed.cpu === cpu).map(({ aluNs }) => aluNs))),
  }));
}
