import type { Costs } from '../experiment/index.js';
import { identifyCosts, type MicroReadings } from './identify-costs.js';
import { identifyNicCosts, type NicMicroReadings } from './identify-nic-costs.js';
import type { LabPath } from './lab-path.js';
import { type MicroReading, type MicroRun, microRuns } from './micro-runs.js';
import { nicMicroRuns } from './nic-micro-runs.js';

/** The readings of a series by the name of the micro-experiment, one entry a round. */
export type SeriesReadings = Record<string, MicroReading[]>;

/** The micro-experiments that calibrate one receive path, and what they tell. */
export interface MicroSeries {
  runs: Record<string, MicroRun>;
  identify(readings: SeriesReadings): Partial<Costs>;
  /** The micro-experiment whose spread over runs that should not differ is the machine's: its name, and the figure of each run, a rate or a time. */
  repeated: { run: string; figure(reading: MicroReading): number | null };
}

const vethSeries: MicroSeries = {
  runs: microRuns,
  identify: (readings) => identifyCosts(readings as MicroReadings),
  repeated: { run: 'flood', figure: ({ deliveredPps }) => deliveredPps },
};

/** The series of each receive path; RPS has the costs of plain veth. */
export const microSeries: Record<LabPath, MicroSeries> = {
  veth: vethSeries,
  'veth-rps': vethSeries,
  'software-nic': {
    runs: nicMicroRuns,
    identify: (readings) => identifyNicCosts(readings as NicMicroReadings),
    repeated: { run: 'drop', figure: ({ queueNs }) => queueNs },
  },
};
