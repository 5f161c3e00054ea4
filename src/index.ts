/** Everything that notebooks and scripts use; importing it never loads the native addon. */
export * from './experiment/index.js';
export { readHost } from './host/read-host.js';
export { type CalibrateOptions, calibrate } from './lab/calibrate.js';
export { thisHost } from './lab/host-file.js';
export { labObstacles } from './lab/lab-obstacles.js';
export { type MeasureOptions, measure } from './lab/measure.js';
export type { MeasureProgress } from './lab/progress.js';
export {
  articleTable,
  compare,
  explain,
  explainResidual,
  kneePps,
  plan,
  predict,
  type Residual,
  type ResidualCause,
  type SimulateOptions,
  simulate,
} from './model/index.js';
export { article } from './records/article.js';
export { compareSets, type SetComparison, type SetDifference } from './records/compare-sets.js';
export { experiments } from './records/experiments.js';
export { type MachineRow, machineTable } from './records/machine-table.js';
export { ppsSeries, type RunSeries } from './records/pps-series.js';
export { readRun, readRuns } from './records/read-runs.js';
export { isAsRegistered } from './records/registration.js';
export { type Round, type RoundErrors, roundErrors } from './records/round-errors.js';
export { type RegisteredScore, type RunScore, type Score, type Scores, score } from './records/score.js';
export { localRunner, type SweepOptions, type SweepRow, type SweepSetting, type SweepTable, slurmRunner, sweep } from './sweep/index.js';
export { type TargetHosts, targetHosts } from './targets/target-hosts.js';
export { type SimulateOnThreadsOptions, simulateOnThreads } from './threads/index.js';
