import { randomBytes } from 'node:crypto';

/** Name of a new record: experiment, UTC time and four random digits, so that two machines never collide. */
export function runName(experimentId: string, at: Date = new Date()): string {
  const time = at
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')
    .toLowerCase();
  return `${experimentId}-${time}-${randomBytes(2).toString('hex')}`;
}
