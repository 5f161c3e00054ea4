import type { Solution } from '../solve/solution.js';
import { type Assessment, expected } from './assess.js';

/** Load of each stage's busiest member, averaged over the possibilities. */
export function meanUtilization(assessment: Assessment): Solution['utilization'] {
  return {
    source: expected(assessment, ({ utilization }) => utilization.source),
    wire: expected(assessment, ({ utilization }) => utilization.wire),
    softirq: expected(assessment, ({ utilization }) => utilization.softirq),
    reader: expected(assessment, ({ utilization }) => utilization.reader),
  };
}
