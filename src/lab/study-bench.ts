import type { Experiment, Host, Run, Stability } from '../experiment/index.js';
import { readHost } from '../host/index.js';
import { calibrate, noReadings, seriesS } from './calibrate.js';
import { checkStability } from './check-stability.js';
import { saveHost } from './host-file.js';
import { Lab } from './lab.js';
import type { LabPath, MeasurePath } from './lab-path.js';
import { Loopback } from './loopback.js';
import { type MeasureOptions, measure } from './measure.js';
import type { TrafficPlace } from './traffic-place.js';

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
/** A block begins with a calibration and lasts so long, about. */
const blockMinutes = 1;

/**
 * This machine: one lab for all runs of a sitting, or its loopback.
 *
 * @param known this machine as it was calibrated before, to predict with; without it, it is calibrated block by block
 * @throws {HostError} when it cannot run the lab
 */
export function openStudyBench(signal: AbortSignal | undefined, path: MeasurePath = 'veth', known?: Host): StudyBench {
  if (path === 'loopback') return loopbackBench(signal, known);
  const lab = Lab.open();
  const readings = noReadings(path);
  return {
    host: () => readHost(path),
    checkStability: stabilityOfPlace(lab, path, signal),
    async calibrate(isFirst, onProgress) {
      if (known) return known;
      const host = await calibrate(lab, {
        path,
        rounds: isFirst ? firstSeries : laterSeries,
        readings,
        minutes: blockMinutes,
        onProgress,
        ...(signal && { signal }),
      });
      saveHost(host);
      return host;
    },
    calibrationS: (isFirst) => (known ? 0 : (isFirst ? firstSeries : laterSeries) * seriesS),
    measure: (experiment, options) => measure(experiment, { ...options, lab, ...(signal && { signal }) }),
    close: () => lab.close(),
  };
}

/** Costs stay assumed on loopback: see thisHost. */
function loopbackBench(signal: AbortSignal | undefined, known?: Host): StudyBench {
  const host = () => readHost('loopback');
  return {
    host,
    checkStability: stabilityOfPlace(new Loopback(), 'veth', signal),
    calibrate: async () => known ?? host(),
    calibrationS: () => 0,
    measure: (experiment, options) => measure(experiment, { ...options, ...(signal && { signal }) }),
    close: () => {},
  };
}

function stabilityOfPlace(place: TrafficPlace, path: LabPath, signal: AbortSignal | undefined): StudyBench['checkStability'] {
  return (onProgress) =>
    checkStability(place, { path, ...(signal && { signal }), onProgress: ({ step, steps }) => onProgress(`is it stable? ${step + 1} of ${steps}`) });
}
