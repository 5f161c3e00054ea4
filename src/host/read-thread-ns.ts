import { readFileSync } from 'node:fs';

/**
 * CPU time of a thread in nanoseconds, or null when it cannot be seen.
 *
 * @source Documentation/scheduler/sched-stats.rst, /proc/PID/schedstat, first number
 */
export function readThreadNs(pid: number): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    return null;
  }
}
