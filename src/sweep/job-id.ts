import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import type { SweepJob } from './sweep-job.js';

/** Names a job by its content: SHA-256, in hexadecimal, of its canonical JSON text. Equal questions have equal names on every machine. */
export function jobId(job: SweepJob): string {
  return createHash('sha256').update(canonicalJson(job)).digest('hex');
}
