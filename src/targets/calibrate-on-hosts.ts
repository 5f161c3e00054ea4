import { mean, sampleStandardDeviation } from 'simple-statistics';
import { type Experiment, type Host, HostError } from '../experiment/index.js';
import { fitHost, type Reading, readingOf } from '../model/index.js';
import { calibrationSeries } from './calibration-series.js';
import { measureOnHosts } from './measure-on-hosts.js';
import { runObstacle } from './run-obstacle.js';
import type { TargetHosts } from './target-hosts.js';
import { Testbed } from './testbed.js';
import { sendingHosts } from './traffic-plan.js';

/** Seconds that one experiment of the series takes, with the connections it opens, about. */
export const seriesRunS = 4;

const roundsThatCount = 3;

/** How to calibrate target hosts; everything may be left out. */
export interface CalibrateHostsOptions {
  rounds?: number;
  /** Readings to go on from; the new ones are added to it. Only the newest three rounds count, or the new ones where they are more, so that a host that drifts is followed. */
  readings?: Reading[];
  onProgress?: (progress: { step: number; steps: number; text: string; secondsLeft: number }) => void;
  signal?: AbortSignal | undefined;
}

/**
 * Measures the costs of the receiving host of a hosts file: runs a series of experiments that no study scores, round by round, and fits the model's
 * costs to what they did. Nothing of it is recorded.
 *
 * @returns the host with its costs; those that the series does not tell keep their origin and say so
 * @throws {HostError} when hosts cannot take part, or fewer than half of the series can be carried out there
 * @throws {DOMException} named AbortError when the signal fires
 */
export async function calibrateOnHosts(
  target: TargetHosts,
  { rounds = roundsThatCount, readings = [], onProgress = () => {}, signal }: CalibrateHostsOptions = {},
): Promise<Host> {
  const { described, series } = await possibleSeries(target);
  const steps = rounds * series.length;
  for (let step = 0; step < steps; step++) {
    const experiment = series[step % series.length] as Experiment;
    onProgress({ step, steps, text: experiment.id, secondsLeft: (steps - step) * seriesRunS });
    readings.push(readingOf(await measureOnHosts(experiment, target, { host: described, folder: null, ...(signal && { signal }) })));
  }
  const newest = readings.slice(-Math.max(rounds, roundsThatCount) * series.length);
  const repeated = newest.filter(({ experiment }) => experiment.id === series[0]?.id).map(({ deliveredPps }) => deliveredPps);
  return {
    ...fitHost(described, newest),
    origin: `calibrated ${new Date().toISOString()} by ${newest.length} runs over the network`,
    runToRunSpread: Math.max(described.runToRunSpread, repeated.length > 1 ? sampleStandardDeviation(repeated) / mean(repeated) : 0),
  };
}

/** The receiving host as it describes itself, and the experiments of the series that the hosts can carry out as the hosts file allows. */
async function possibleSeries(target: TargetHosts): Promise<{ described: Host; series: Experiment[] }> {
  const wished = calibrationSeries(target.hosts.caps.maxPps);
  const senders = wished.flatMap((experiment) => sendingHosts(experiment, target.hosts));
  const testbed = await Testbed.open(target.hosts.receiver, [...new Set(senders)], target.sshConfig);
  try {
    const described = testbed.receiver.description.host;
    const obstacles = wished.map((experiment) => runObstacle(experiment, target, testbed, described));
    const series = wished.filter((_, index) => obstacles[index] === null);
    if (series.length < wished.length / 2)
      throw new HostError(`${target.hosts.receiver.name}: cannot be calibrated: ${obstacles.find((obstacle) => obstacle !== null)}`);
    return { described, series };
  } finally {
    await testbed.close();
  }
}
