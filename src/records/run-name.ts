import { randomBytes } from 'node:crypto';
import { utcTime } from './utc-time.js';

/** Name of a new record: experiment, UTC time and four random digits, so that two machines never collide. */
export function runName(experimentId: string, at: Date = new Date()): string {
  return `${experimentId}-${utcTime(at)}-${randomBytes(2).toString('hex')}`;
}
