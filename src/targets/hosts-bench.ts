import { max, median } from 'simple-statistics';
import { HostError, type Run } from '../experiment/index.js';
import { type StudyBench, stabilityOf } from '../lab/index.js';
import type { Reading } from '../model/index.js';
import { calibrateOnHosts, seriesRunS } from './calibrate-on-hosts.js';
import { calibrationSeries } from './calibration-series.js';
import { measureOnHosts } from './measure-on-hosts.js';
import { saveTargetHost } from './target-host-file.js';
import type { TargetHosts } from './target-hosts.js';

const pairs = 4;
/** Rounds of the calibration series before the first block, and before each later one. */
const firstRounds = 3;
const laterRounds = 1;

/** The machines of a hosts file, as `study` and `search` take them. @throws {HostError} from its methods when hosts cannot take part */
export function openHostsBench(target: TargetHosts, signal?: AbortSignal): StudyBench {
  const readings: Reading[] = [];
  const series = calibrationSeries(target.hosts.caps.maxPps);
  const calibrationS = (isFirst: boolean) => (isFirst ? firstRounds : laterRounds) * series.length * seriesRunS;
  return {
    host: () => target.describe(),
    async checkStability(onProgress) {
      const [flood] = series;
      if (!flood) throw new HostError('the calibration series is empty');
      const runs: Run[] = [];
      for (let step = 0; step < 2 * pairs; step++) {
        onProgress(`are they stable? ${step + 1} of ${2 * pairs}`);
        runs.push(await measureOnHosts(flood, target, { folder: null, ...(signal && { signal }) }));
      }
      return stabilityOf(
        runs.map(({ outcome }) => outcome.deliveredPps),
        max(runs.flatMap(({ outcome }) => outcome.cpus.map(({ steal }) => steal))),
        median(runs.map(({ facts }) => Number(facts.otherCpuShare))),
      );
    },
    async calibrate(isFirst, onProgress) {
      const host = await calibrateOnHosts(target, { rounds: isFirst ? firstRounds : laterRounds, readings, onProgress, signal });
      saveTargetHost(target.hosts.receiver, host);
      return host;
    },
    calibrationS,
    measure: (experiment, options) => measureOnHosts(experiment, target, { ...options, ...(signal && { signal }) }),
    close: () => {},
  };
}
