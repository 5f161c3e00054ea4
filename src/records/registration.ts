import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Experiment, Host, Outcome, Plan, Run } from '../experiment/index.js';
import { writeWhole } from './write-whole.js';

/** What is fixed before the first packet is sent. */
export interface Registration {
  experiment: Experiment;
  host: Host;
  plan: Plan;
  prediction: Outcome;
}

/**
 * Registers a prediction before its run: writes NAME.pending.json into the folder.
 *
 * @param folder null writes nothing, for runs that are not recorded
 * @returns the SHA-256 of the registration, which the finished record keeps
 */
export function registerPrediction(folder: string | null, name: string, registration: Registration): string {
  if (folder !== null) writeWhole(pendingFile(folder, name), document(registration));
  return sha256(document(registration));
}

/** Says whether a run still holds exactly the prediction that was registered before it. */
export function isAsRegistered(run: Run): boolean {
  return sha256(document(run)) === run.predictionSha256;
}

/** Takes back the registration of a run that did not happen. */
export function withdrawPrediction(folder: string | null, name: string): void {
  if (folder !== null) rmSync(pendingFile(folder, name), { force: true });
}

/** Place of a registration that has no finished run yet. */
export function pendingFile(folder: string, name: string): string {
  return path.join(folder, `${name}.pending.json`);
}

function document({ experiment, host, plan, prediction }: Registration): string {
  return `${JSON.stringify({ experiment, host, plan, prediction }, null, 1)}\n`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
