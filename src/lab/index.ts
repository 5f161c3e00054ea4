export * from './calibrate.js';
export * from './doctor.js';
export { isUntrustworthy } from './doubts.js';
export * from './host-file.js';
export * from './lab.js';
export * from './lab-obstacles.js';
export * from './measure.js';
export * from './measure-all.js';
export type * from './progress.js';
