import type { Experiment, Host, Run, Stability } from '../experiment/index.js';
import { readHost } from '../host/index.js';
import { calibrate, noReadings, seriesS } from './calibrate.js';
import { checkStability } from './check-stability.js';
import { saveHost } from './host-file.js';
import { Lab } from './lab.js';
import type { LabPath } from './lab-path.js';
import { type MeasureOptions, measure } from './measure.js';

/** What a study needs of a machine. */
export interface StudyBench {
  /** The machine before it is calibrated. */
  host(): Promise<Host>;
  checkStability(onProgress: (text: string) => void): Promise<Stability>;
  /** @param isFirst the first calibration of a sitting takes longer than those that follow a drift */
  calibrate(isFirst: boolean, onProgress: (progress: { text: string; secondsLeft: number }) => void): Promise<Host>;
  /** Seconds that a calibration takes, about. */
  calibrationS(isFirst: boolean): number;
  /** Registers the prediction, runs, and writes the record. */
  measure(experiment: Experiment, options: Pick<MeasureOptions, 'host' | 'folder' | 'facts' | 'onProgress'>): Promise<Run>;
  close(): void;
}

/** Series of micro-experiments before the first block, and before each later one. */
const firstSeries = 5;
const laterSeries = 3;

/**
 * This machine: one lab for all runs of a sitting.
 *
 * @param known this machine as it was calibrated before, to predict with; without it, it is calibrated block by block
 * @throws {HostError} when it cannot run the lab
 */
export function openStudyBench(signal: AbortSignal | undefined, path: LabPath = 'veth', known?: Host): StudyBench {
  const lab = Lab.open();
  const readings = noReadings(path);
  return {
    host: () => readHost(path),
    checkStability: (onProgress) =>
      checkStability(lab, { path, ...(signal && { signal }), onProgress: ({ step, steps }) => onProgress(`is it stable? ${step + 1} of ${steps}`) }),
    async calibrate(isFirst, onProgress) {
      if (known) return known;
      const host = await calibrate(lab, { path, rounds: isFirst ? firstSeries : laterSeries, readings, onProgress, ...(signal && { signal }) });
      saveHost(host);
      return host;
    },
    calibrationS: (isFirst) => (known ? 0 : (isFirst ? firstSeries : laterSeries) * seriesS),
    measure: (experiment, options) => measure(experiment, { ...options, lab, ...(signal && { signal }) }),
    close: () => lab.close(),
  };
}
