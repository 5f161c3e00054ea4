import { type Experiment, type Host, HostError } from '../experiment/index.js';
import { prepareRun } from './prepare-run.js';
import type { TargetHosts } from './target-hosts.js';
import type { Testbed } from './testbed.js';
import { wishesOf } from './wishes-of.js';

/** Says why hosts that are reached cannot carry out an Experiment; null when they can. */
export function runObstacle(experiment: Experiment, target: TargetHosts, testbed: Testbed, host: Host): string | null {
  try {
    const { plan } = prepareRun(experiment, target, testbed, host);
    for (const reached of testbed.all) wishesOf(reached.host, experiment, plan, testbed);
    return null;
  } catch (error) {
    if (error instanceof HostError) return error.message;
    throw error;
  }
}
