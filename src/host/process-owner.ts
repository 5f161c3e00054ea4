import { readFileSync } from 'node:fs';

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessOwner {
  pid: number;
  /** Field 22 of /proc/PID/stat: clock ticks from boot to the start of the process. */
  startTicks: number;
}

/** Names a process. @returns undefined when there is none of that number */
export function processOwner(pid: number = process.pid): ProcessOwner | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name, in brackets, may itself hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { pid, startTicks: Number(fields[19]) };
  } catch {
    return undefined;
  }
}

/** Says whether that very process still runs. */
export function isAlive(owner: ProcessOwner): boolean {
  return processOwner(owner.pid)?.startTicks === owner.startTicks;
}
