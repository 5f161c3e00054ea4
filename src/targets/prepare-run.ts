import type { Experiment, Host, Outcome, Plan } from '../experiment/index.js';
import { plan as planExperiment, predict } from '../model/index.js';
import { calibratedTargetHost } from './target-host-file.js';
import type { TargetHosts } from './target-hosts.js';
import type { Testbed } from './testbed.js';
import { type TrafficPlan, trafficPlan } from './traffic-plan.js';

/** What a run is going to do, settled before anything is changed or sent. */
export interface Preparation {
  host: Host;
  plan: Plan;
  prediction: Outcome;
  traffic: TrafficPlan;
}

/** Resolves an Experiment on the hosts of a testbed. @throws {HostError} for what they cannot express or the hosts file does not allow */
export function prepareRun(experiment: Experiment, { hosts }: TargetHosts, testbed: Testbed, known?: Host): Preparation {
  const host = known ?? calibratedTargetHost(hosts.receiver, testbed.receiver.description.host);
  const plan = planExperiment(experiment, host);
  const cpusOf = (name: string) => testbed.senders.find((sender) => sender.host.name === name)?.description.host.cpus.map(({ cpu }) => cpu) ?? [];
  return { host, plan, prediction: predict(experiment, host), traffic: trafficPlan(experiment, plan, hosts, ({ name }) => cpusOf(name)) };
}
