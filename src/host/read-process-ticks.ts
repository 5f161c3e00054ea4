import { readdirSync, readFileSync } from 'node:fs';

/**
 * Clock ticks (1/100 s) that processes have used so far, all but the given ones. Processes that come and go between two
 * readings are missed, so the difference of two readings is a lower bound.
 *
 * @source Documentation/filesystems/proc.rst, fields 14 and 15 of /proc/PID/stat
 */
export function readProcessTicks(except: readonly number[]): Map<number, number> {
  const ticks = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || except.includes(pid)) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      ticks.set(pid, Number(fields[11]) + Number(fields[12]));
    } catch {
      // The process ended between the listing and the reading.
    }
  }
  return ticks;
}

/** Ticks that processes other than the given ones have used since an earlier reading. */
export function ticksSince(earlier: ReadonlyMap<number, number>, except: readonly number[]): number {
  return [...readProcessTicks(except)].reduce((sum, [pid, ticks]) => sum + ticks - (earlier.get(pid) ?? 0), 0);
}
