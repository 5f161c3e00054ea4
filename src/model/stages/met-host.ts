import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import type { Plan } from '../../experiment/plan.js';
import { coldReadHost } from './cold-read-host.js';
import { crowdedHost } from './crowded-host.js';
import { firewallHost } from './firewall-host.js';
import { frameHost } from './frame-host.js';
import { polledHost } from './polled-host.js';

/** The host as an experiment's packets and readers meet it: its prices for their way, their buffer and their neighbours on the CPUs. */
export function metHost(experiment: Experiment, plan: Plan, host: Host): Host {
  const prices = [coldReadHost, polledHost, frameHost, firewallHost];
  return prices.reduce((met, price) => price(experiment, met), crowdedHost(experiment, plan, host));
}
