import path from 'node:path';
import { type Experiment, HostError, type Run } from '../experiment/index.js';
import { measure } from '../lab/measure.js';
import { plan } from '../model/index.js';
import { packageRoot } from '../records/package-root.js';
import { runsFolder } from '../records/read-runs.js';
import { type TargetHosts, targetHosts } from '../targets/target-hosts.js';
import { interruptSignal } from './interrupt-signal.js';
import { markdown } from './markdown.js';
import { progress } from './progress.js';
import { recordedRuns } from './recorded-runs.js';

/**
 * Runs of an experiment for a lesson: the committed ones, or one measured now. A live run registers its prediction, sends real packets between two
 * namespaces of this machine, removes what it made, and records itself in data/runs/; the notebook's stop button ends it. Where the
 * committed set has no run of the experiment, it says why under the cell.
 *
 * @param live true measures here and now (Linux, root); the path of a hosts file measures on its machines
 * @returns the runs, oldest first; none when the machine of the committed set could not run it
 * @throws {HostError} when this machine cannot measure it, with the reason
 * @example const runs = await runsOf(article.experiments['two-ips'], { live: false });
 */
export async function runsOf(experiment: Experiment, { live = false }: { live?: boolean | string } = {}): Promise<Run[]> {
  if (live) return [await measureNow(experiment, typeof live === 'string' ? targetHosts(live) : null)];
  const runs = recordedRuns(experiment.id);
  if (runs.length === 0) markdown(`No recorded run of *${experiment.id}*: ${whyNot(experiment)}.`);
  return runs;
}

function whyNot(experiment: Experiment): string {
  const host = recordedRuns()[0]?.host;
  if (!host) return 'the committed set is empty';
  try {
    plan(experiment, host);
  } catch (error) {
    if (error instanceof HostError) return error.message;
    throw error;
  }
  return 'it was not measured';
}

async function measureNow(experiment: Experiment, hosts: TargetHosts | null): Promise<Run> {
  const bar = progress(experiment.id);
  const run = await measure(experiment, {
    ...(hosts ? { hosts } : {}),
    signal: interruptSignal(),
    onProgress: ({ step, elapsedS, totalS, deliveredPps }) =>
      bar.update({ step: elapsedS, steps: totalS, text: step, rate: deliveredPps, secondsLeft: totalS - elapsedS }),
  });
  bar.done(`recorded in ${path.relative(packageRoot, runsFolder)}/${run.name}.json`);
  return run;
}
