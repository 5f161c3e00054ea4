import { type Experiment, type Host, HostError, type Run } from '../experiment/index.js';
import { plan } from '../model/index.js';
import { calibrate, noReadings, seriesS } from './calibrate.js';
import { saveHost } from './host-file.js';
import { Lab } from './lab.js';
import { measure } from './measure.js';

/** Series of micro-experiments before the first round, and before each later one. */
const firstSeries = 5;
const laterSeries = 3;
/** Seconds around the traffic of one run: starting two processes, draining, writing. */
const overheadS = 1.2;

/** What is going on, for progress displays. */
export interface MeasureAllProgress {
  text: string;
  /** Packets per second delivered now; null while calibrating. */
  deliveredPps: number | null;
  secondsLeft: number;
}

export interface MeasureAllOptions {
  /** How often each experiment is run. */
  rounds: number;
  /** Told what this machine cannot express, with the reason. */
  onRefused: (experiment: Experiment, reason: string) => void;
  /** Told after the first calibration. */
  onCalibrated: (host: Host) => void;
  onRun: (run: Run) => void;
  onProgress: (progress: MeasureAllProgress) => void;
  signal: AbortSignal;
}

/**
 * Calibrates, then registers, runs and records every experiment that this machine can express, round by round, with fresh readings
 * before each round: a slow phase of the machine falls on every experiment alike, and the predictions hear of it.
 *
 * @throws {HostError} when this machine cannot run the lab
 * @throws {DOMException} named AbortError when the signal fires; `onRun` has had what was finished
 */
export async function measureAll(experiments: readonly Experiment[], options: MeasureAllOptions): Promise<void> {
  const { rounds, onProgress, signal } = options;
  const lab = Lab.open();
  try {
    const readings = noReadings();
    const calibrated = async (series: number, laterS: number) => {
      const host = await calibrate(lab, {
        rounds: series,
        readings,
        signal,
        onProgress: ({ text, secondsLeft }) => onProgress({ text: `calibrating, ${text}`, deliveredPps: null, secondsLeft: laterS + secondsLeft }),
      });
      saveHost(host);
      return host;
    };
    const roundS = (jobs: readonly Experiment[]) => jobs.reduce((sum, { warmUpS, durationS }) => sum + warmUpS + durationS + overheadS, 0);
    let host = await calibrated(firstSeries, rounds * roundS(experiments));
    options.onCalibrated(host);
    const jobs = experiments.filter((experiment) => isExpressible(experiment, host, options.onRefused));
    for (let round = 0; round < rounds; round++) {
      const laterRoundsS = (rounds - 1 - round) * (roundS(jobs) + laterSeries * seriesS);
      if (round > 0) host = await calibrated(laterSeries, laterRoundsS + roundS(jobs));
      for (const [index, experiment] of jobs.entries()) {
        const laterS = laterRoundsS + roundS(jobs.slice(index + 1));
        const count = `run ${round * jobs.length + index + 1} of ${rounds * jobs.length}`;
        const run = await measure(experiment, {
          lab,
          host,
          signal,
          onProgress: ({ step, elapsedS, totalS, deliveredPps }) =>
            onProgress({ text: `${count}: ${experiment.id}, ${step}`, deliveredPps, secondsLeft: laterS + totalS - elapsedS }),
        });
        options.onRun(run);
      }
    }
  } finally {
    lab.close();
  }
}

function isExpressible(experiment: Experiment, host: Host, onRefused: MeasureAllOptions['onRefused']): boolean {
  try {
    plan(experiment, host);
    return true;
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    onRefused(experiment, error.message);
    return false;
  }
}
